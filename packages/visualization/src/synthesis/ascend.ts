import * as tf from '@tensorflow/tfjs-core';

/** A gradient of each image with a root mean square of 1: [B, H, W, C]. A gradient of 0 stays so. */
export function normalizedGradient(gradient: tf.Tensor4D): tf.Tensor4D {
  const size = tf.sqrt(tf.mean(tf.square(gradient), [1, 2, 3], true));
  return tf.div(gradient, tf.add(size, 1e-12));
}
