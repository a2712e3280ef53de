import type { Seed } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * A probability distribution over events of a fixed shape E = `eventShape`.
 *
 * Points come in batches, x: [batch, ...E]; an event that is one number has E = [], so its batch is [batch]. Every
 * method makes new tensors that belong to the caller, and lets gradients flow to parameters given as tensors.
 */
export interface Distribution {
  /** E, the shape of one event. */
  readonly eventShape: number[];

  /** E[x], shape E: a new tensor at each reading, from the parameters as they then are. */
  readonly mean: tf.Tensor;

  /** Var[x] of each element (the diagonal of a covariance), shape E: a new tensor at each reading. */
  readonly variance: tf.Tensor;

  /**
   * Draws points, reparameterised where it can be: a draw is then a differentiable function of the parameters and of
   * noise that is not. A choice between values – of a bit, a class, a component – passes no gradient on.
   *
   * @param n - how many, at least 1.
   * @param options.seed - an integer in [0, 2⁵³), or one that lives on the device; the same seed draws the same points on
   *   every backend.
   * @returns shape [n, ...E].
   * @throws RangeError when n is not a positive integer or the seed is bad.
   */
  sample(n: number, options: { seed: Seed }): tf.Tensor;

  /**
   * log p(x) in nats.
   *
   * @param x - points, shape [batch, ...E].
   * @returns shape [batch].
   * @throws RangeError when x has another shape.
   */
  logProb(x: tf.Tensor): tf.Tensor1D;

  /**
   * −E[log p(x)] in nats: exact where a closed form is known, otherwise the mean over draws.
   *
   * @param options - how an estimate draws; a closed form has no use for it.
   */
  entropy(options?: EntropyOptions): tf.Scalar;

  /** Frees the tensors made from numbers; tensors and variables that were given stay their owner's. */
  dispose(): void;
}

/** How an entropy without a closed form is estimated. */
export interface EntropyOptions {
  /** How many draws are averaged; the standard error falls with the square root. */
  samples?: number;
  /** Seed of the draws, an integer in [0, 2⁵³) or one that lives on the device. */
  seed?: Seed;
}
