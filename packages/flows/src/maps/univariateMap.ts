import type * as tf from '@tensorflow/tfjs-core';

/** Numbers moved one by one, with log |derivative| summed over the event: shapes [batch, n] and [batch]. */
export interface Moved {
  value: tf.Tensor2D;
  logDet: tf.Tensor1D;
}

/**
 * An invertible map of single numbers, whose parameters are made elsewhere: by a network that must not see the number.
 * With all parameters at zero it is the identity, so that a network that starts at zero starts a flow as the identity.
 */
export interface UnivariateMap {
  /** How many parameters it takes for each number it moves. */
  readonly parameters: number;
  /**
   * @param z - numbers, [batch, n].
   * @param made - their parameters, [batch, parameters · n]: the first of all n numbers, then the second of all, …
   */
  move(z: tf.Tensor2D, made: tf.Tensor2D): Moved;
  /** The inverse of `move` with the same parameters, with the log-derivative of that direction. */
  moveBack(x: tf.Tensor2D, made: tf.Tensor2D): Moved;
}
