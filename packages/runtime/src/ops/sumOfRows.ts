import * as tf from '@tensorflow/tfjs-core';

/** The sum over all but the last dimension, also of nothing, which tfjs cannot sum on every backend. */
export function sumOfRows(x: tf.Tensor): tf.Tensor {
  const columns = x.shape.at(-1) as number;
  return x.size === 0 ? tf.zeros([columns]) : tf.sum(tf.reshape(x, [-1, columns]), 0);
}
