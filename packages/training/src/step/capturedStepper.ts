import { type CaptureTensors, capture, dependsOnHost, deviceSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { ApplyOptions } from '../optimizers/inPlaceOptimizer';
import type { NamedGradients } from '../optimizers/pairs';
import type { Loss, StepContext } from '../trainable';
import { eagerStepper } from './eagerStepper';
import { haltUnlessFinite } from './halt';
import type { At, Stepper } from './stepper';

/** An optimizer whose steps can be captured. */
export interface UpdatesInPlace {
  build(variables: readonly tf.Variable[]): void;
  prepareStep(): void;
  updateVariables(gradients: NamedGradients, options?: ApplyOptions): void;
}

export const updatesInPlace = (optimizer: tf.Optimizer): optimizer is tf.Optimizer & UpdatesInPlace =>
  'prepareStep' in optimizer && 'updateVariables' in optimizer;

/** So many losses may be on their way to the host: enough to keep the device busy, few enough to hear of trouble soon. */
const AHEAD = 4;

/**
 * A step is recorded once and replayed. What cannot be recorded is taken one op after another, from then on.
 *
 * @param tell - hears why, once.
 */
export function capturedStepper<B extends object>(
  variables: readonly tf.Variable[],
  optimizer: tf.Optimizer & UpdatesInPlace,
  loss: Loss<B>,
  tell: (reason: string) => void,
): Stepper<B> {
  const eager = eagerStepper(variables, optimizer, loss);
  const halted = tf.tidy(() => tf.variable(tf.zeros([1], 'int32'), false));
  optimizer.build(variables);
  let refused = false;
  const refuse = (reason: unknown) => {
    if (!refused) tell(reason instanceof Error ? reason.message : String(reason));
    refused = true;
  };
  let now: At;
  /** What differs from step to step is on the device or not to be had. */
  const contextOf = (key: tf.Tensor, training: boolean): StepContext => ({
    training,
    seed: { key: key as tf.Tensor1D },
    get epoch() {
      dependsOnHost('epoch');
      return now.epoch;
    },
    get step() {
      dependsOnHost('step');
      return now.step;
    },
  });
  type Given = { batch: CaptureTensors; key: tf.Tensor };
  const options = { onRefused: refuse };
  const step = capture(({ batch, key }: Given) => {
    const { value, grads } = tf.variableGrads(() => loss(batch as unknown as B, contextOf(key, true)), [...variables]);
    haltUnlessFinite({ halted, loss: value }, {});
    optimizer.updateVariables(grads, { unless: halted });
    return value as tf.Tensor;
  }, options);
  const lossAlone = capture(
    ({ batch, key }: Given) => loss(batch as unknown as B, contextOf(key, false)) as tf.Tensor,
    options,
  );

  /** Calls a captured function; undefined when it turned out at the first call that it cannot be called so. */
  const call = (captured: typeof step, batch: B, at: At): Promise<number> | undefined => {
    now = at;
    const seed = deviceSeed(at.seed);
    try {
      const value = captured({ batch: batch as unknown as CaptureTensors, key: seed.key });
      return value
        .data()
        .then(([number]) => number as number)
        .finally(() => value.dispose());
    } catch (error) {
      if (captured.recordings > 0) throw error;
      refuse(error);
      return undefined;
    } finally {
      seed.key.dispose();
    }
  };

  return {
    get ahead() {
      return refused ? 0 : AHEAD;
    },
    async take(batch, at) {
      if (refused) return eager.take(batch, at);
      optimizer.prepareStep();
      return call(step, batch, at) ?? eager.take(batch, at);
    },
    async evaluate(batch, at) {
      return (refused ? undefined : call(lossAlone, batch, at)) ?? eager.evaluate(batch, at);
    },
    dispose() {
      step.dispose();
      lossAlone.dispose();
      halted.dispose();
    },
  };
}
