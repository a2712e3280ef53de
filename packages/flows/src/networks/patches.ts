import * as tf from '@tensorflow/tfjs-core';

/**
 * The square around each place of an image, with zeros beyond the edge: [B, H, W, C] → [B, H, W, side · side · C], the
 * rows of the square one after the other.
 *
 * It is the convolution with the identity, and its gradient the convolution with that turned round: of all ways to take
 * images apart, convolutions forward are fast on every backend, and their own gradients are not everywhere.
 *
 * @param side - of the square: an odd number.
 */
export function patches(images: tf.Tensor4D, side: number): tf.Tensor4D {
  const C = images.shape[3];
  const size = side * side * C;
  const take = tf.customGrad((x) => {
    const identity = tf.reshape(tf.eye(size), [side, side, C, size]) as tf.Tensor4D;
    return {
      value: tf.conv2d(x as tf.Tensor4D, identity, 1, 'same'),
      gradFunc: (dy: tf.Tensor) => {
        const turned = tf.transpose(tf.reverse(tf.reshape(tf.eye(size), [side * side, C, size]), 0), [0, 2, 1]);
        return tf.conv2d(dy as tf.Tensor4D, tf.reshape(turned, [side, side, size, C]) as tf.Tensor4D, 1, 'same');
      },
    };
  });
  return take(images) as tf.Tensor4D;
}
