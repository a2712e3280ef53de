import * as tf from '@tensorflow/tfjs-core';

/**
 * TODO: one line that says what it does.
 *
 *     coreLayers(x) = x²
 *
 * Reference: TODO: the paper, and where in it the formula stands.
 *
 * @param x - any tensor.
 * @returns each element squared, of the same shape.
 */
export function coreLayers(x: tf.Tensor): tf.Tensor {
  return tf.square(x);
}
