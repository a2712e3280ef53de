import * as tf from '@tensorflow/tfjs-core';

/**
 * Levels as float32 numbers. A cast alone, here or before, is one in name on WebGPU, where tfjs's transposes do not compile
 * for such a tensor.
 */
export const inFloats = (x: tf.Tensor): tf.Tensor => tf.mul(tf.cast(x, 'float32'), 1);

/**
 * −∞ for pixels of which a number is no level, 0 … K − 1: what a model says of others is no probability.
 *
 * @param nats - of each pixel, [B, H, W].
 * @param x - the images, float32, [B, H, W, C].
 */
export function withinLevels(nats: tf.Tensor3D, x: tf.Tensor, levels: number): tf.Tensor3D {
  const known = tf.customGrad((images) => ({
    value: tf.all(tf.equal(images as tf.Tensor, tf.clipByValue(tf.round(images as tf.Tensor), 0, levels - 1)), 3),
    gradFunc: () => tf.zerosLike(x),
  }));
  return tf.where(known(x), nats, -Infinity);
}
