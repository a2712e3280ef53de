import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from './bijector';
import { constantPerPoint } from './shapes';

/** A bijector made of others. */
export interface Chain extends Bijector {
  /** In the order in which a latent point meets them on its way to the data. */
  readonly steps: readonly Bijector[];
}

/**
 * Composes bijectors, written in reading order from latent to data:
 * `forward(z) = stepₙ(… step₂(step₁(z)))`, and the log-determinants add up.
 *
 * @param steps - at least one bijector; the first is the one that a latent point meets first.
 * @throws RangeError without steps.
 *
 * @example
 * const bijector = chain([new Scaling({ shape: [2] }), coupling]);
 */
export function chain(steps: readonly Bijector[]): Chain {
  if (steps.length === 0) throw new RangeError('chain: steps must be at least one bijector, got none');
  const numbered = steps.map((step, index) => ({ step, index }));
  const reversed = [...numbered].reverse();
  return {
    steps,
    variables: Object.fromEntries(
      numbered.flatMap(({ step, index }) =>
        Object.entries(step.variables).map(([name, variable]) => [`${index}.${name}`, variable]),
      ),
    ) as Variables,
    forward: (z, options) => travel(numbered, (step, at, own) => step.forward(at, own), z, options),
    inverse: (x, options) => travel(reversed, (step, at, own) => step.inverse(at, own), x, options),
    startFrom(x, options) {
      const start = (step: Bijector, at: tf.Tensor, own: MapOptions) => {
        step.startFrom?.(at, own);
        return step.inverse(at, own);
      };
      travel(reversed, start, x, options);
    },
  };
}

/** Carries points through the steps, each with a seed of its own, and adds up what they did to volume. */
function travel(
  steps: { step: Bijector; index: number }[],
  go: (step: Bijector, at: tf.Tensor, options: MapOptions) => Mapped,
  from: tf.Tensor,
  { seed, ...options }: MapOptions = {},
): Mapped {
  return steps.reduce<Mapped>(
    ({ value, logDet }, { step, index }) => {
      // Most steps draw nothing: a seed is derived, on the device by a dispatch, when it is asked for.
      const own =
        seed === undefined
          ? options
          : {
              ...options,
              get seed() {
                return deriveSeed(seed, index);
              },
            };
      const next = go(step, value, own);
      return { value: next.value, logDet: tf.add(logDet, next.logDet) };
    },
    { value: from, logDet: constantPerPoint(from, 0) },
  );
}
