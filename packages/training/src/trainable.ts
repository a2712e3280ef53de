import type { Seed } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';

/** Rows that go through the model together: the first axis of each tensor counts them. */
export interface Batch {
  x: tf.Tensor;
  y?: tf.Tensor;
}

/** Where in the run a loss is computed. */
export interface StepContext {
  /** The epoch, counted from 1. A loss that reads it, or the step, cannot be captured: it runs one op after another. */
  epoch: number;
  /** The step since the run began, counted from 1. */
  step: number;
  /** A seed of this step's own, for dropout, noise, augmentation: on the device where the step is captured. */
  seed: Seed;
  /** Whether something is learnt from the batch: not from one of `validation`, where dropout and the like are left out. */
  training: boolean;
}

/** The mean loss of a batch: a scalar that the variables' gradients are taken of. */
export type Loss<B> = (batch: B, context: StepContext) => tf.Scalar;

/** Anything that can be trained. */
export interface Trainable<B = Batch> {
  readonly trainableVariables: readonly tf.Variable[];
  /** The loss that `fit` takes when it is given none. */
  loss?(batch: B, context: StepContext): tf.Scalar;
}
