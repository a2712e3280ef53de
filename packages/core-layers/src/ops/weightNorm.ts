import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';

/**
 * A kernel of given lengths: `W = g · V / |V|`, for each output by itself.
 *
 * Reference: Salimans, Kingma, "Weight normalization", 2016.
 *
 * @param direction - V, float32, shape [..., outputs], no output's weights all 0.
 * @param length - g, shape [outputs].
 * @returns a tensor of V's shape.
 * @throws TypeError when shapes do not fit.
 *
 * @example
 * const kernel = weightNorm(v, g);
 */
export function weightNorm(direction: tf.Tensor, length: tf.Tensor): tf.Tensor {
  const outputs = direction.shape.at(-1);
  if (direction.rank < 2) complain('weightNorm', 'direction', 'of shape [..., outputs]', `[${direction.shape}]`);
  if (length.rank !== 1 || length.size !== outputs) {
    complain('weightNorm', 'length', `of shape [${outputs}]`, `[${length.shape}]`);
  }
  return tf.tidy(() => {
    const squares = tf.sum(tf.reshape(tf.square(direction), [-1, outputs as number]), 0); // [O]
    return tf.mul(direction, tf.div(length, tf.sqrt(squares)));
  });
}
