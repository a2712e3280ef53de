import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { accept, bounded, checkEach, choose } from './accept';
import { type ChainOptions, runChains } from './runChains';

/** A proposed state of each chain. */
export interface Proposed {
  /** [chains, ...E]. */
  value: tf.Tensor;
  /** log q(x | x′) − log q(x′ | x), [chains], of a proposal that is not symmetric. */
  logRatio?: tf.Tensor;
}

export interface MetropolisHastingsOptions extends ChainOptions {
  /** How states are proposed; without it, x′ = x + s ε with ε standard normal. */
  proposal?: (x: tf.Tensor, options: { seed: number }) => Proposed;
  /** s, at first: it is adapted in the warm-up. */
  stepSize?: number;
  /** The share of proposals that the warm-up aims to have accepted; 0.44 for an event of one number, else 0.234. */
  targetAcceptance?: number;
}

/** The states of Markov chains, with what they tell of themselves; all tensors are the caller's. */
export interface Chains {
  /** [draws, chains, ...E]. */
  draws: tf.Tensor;
  /** The share of proposals that was accepted after the warm-up, [chains]. */
  acceptance: tf.Tensor1D;
  /** The step size after the warm-up. */
  stepSize: tf.Scalar;
}

const OWNER = 'metropolisHastings';

/**
 * Markov chains by Metropolis and Hastings: a proposal x′ from q(x′ | x) is taken with probability
 *
 *     min(1, p(x′) q(x | x′) / (p(x) q(x′ | x)))
 *
 * and p need not be normalised. In the warm-up the step of the Gaussian proposal follows the acceptance of all chains,
 * `log s ← log s + (acceptance − target) / (step + 1)^0.6`; then it is fixed, so that the chains leave p as it is.
 *
 * @param logProb - log p(x) up to a constant, [chains, ...E] → [chains]; −∞ where x cannot be.
 * @throws RangeError when a count, `stepSize` or `targetAcceptance` is out of range.
 *
 * Reference: Hastings, "Monte Carlo sampling methods using Markov chains and their applications", 1970.
 *
 * @example
 * const ring = (x: tf.Tensor) => tf.mul(-8, tf.square(tf.sub(tf.norm(x, 2, 1), 2)));
 * const { draws } = await metropolisHastings(ring, { initial: tf.ones([100, 2]), draws: 200, warmup: 200, seed: 7 });
 */
export async function metropolisHastings(
  logProb: (x: tf.Tensor) => tf.Tensor,
  options: MetropolisHastingsOptions,
): Promise<Chains> {
  const { initial, draws, warmup = 0, thin = 1, stepSize = 0.5, proposal } = options;
  const { targetAcceptance: target = initial.size === initial.shape[0] ? 0.44 : 0.234 } = options;
  if (!(stepSize > 0)) throw new RangeError(`${OWNER}: stepSize must be positive, got ${stepSize}`);
  if (!(target > 0 && target < 1)) throw new RangeError(`${OWNER}: targetAcceptance must be in (0, 1), got ${target}`);
  const evaluate = (x: tf.Tensor) => bounded(checkEach(`${OWNER}: logProb`, logProb(x), x.shape[0] as number));
  const propose = (x: tf.Tensor, step: tf.Tensor, seed: number): Proposed =>
    proposal?.(x, { seed }) ?? { value: tf.add(x, tf.mul(step, randomNormal(x.shape, { seed }))) };

  const { draws: kept, last } = await runChains(OWNER, options, {
    start: (x) => ({
      x,
      logProb: evaluate(x),
      logStep: tf.scalar(Math.log(stepSize)),
      accepted: tf.zeros([x.shape[0] as number]),
    }),
    next(state, seed, step) {
      const {
        x,
        logProb: before,
        logStep,
        accepted,
      } = state as Record<'x' | 'logProb' | 'logStep' | 'accepted', tf.Tensor>;
      const { value, logRatio } = propose(x, tf.exp(logStep), deriveSeed(seed, 0));
      const after = evaluate(value);
      const rise = tf.sub(after, before);
      const { taken, probability } = accept(logRatio ? tf.add(rise, logRatio) : rise, after, deriveSeed(seed, 1));
      const adapts = step < warmup;
      return {
        x: choose(taken, value, x),
        logProb: tf.where(taken, after, before),
        logStep: adapts
          ? tf.add(logStep, tf.mul((step + 1) ** -0.6, tf.sub(tf.mean(probability), target)))
          : tf.clone(logStep),
        accepted: adapts ? tf.clone(accepted) : tf.add(accepted, tf.cast(taken, 'float32')),
      };
    },
  });
  return tf.tidy(() => {
    const {
      x,
      logProb: final,
      logStep,
      accepted,
    } = last as Record<'x' | 'logProb' | 'logStep' | 'accepted', tf.Tensor>;
    const result = {
      draws: kept,
      acceptance: tf.div(accepted, draws * thin) as tf.Tensor1D,
      stepSize: tf.exp(logStep) as tf.Scalar,
    };
    tf.dispose([x, final, logStep, accepted]);
    return result;
  });
}
