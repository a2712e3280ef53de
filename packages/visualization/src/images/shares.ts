import * as tf from '@tensorflow/tfjs-core';

/** Numbers in [0, 1] of an image: those of floats as they are, int32 as bytes, the way `tf.browser.fromPixels` gives them. */
export const sharesOf = (image: tf.Tensor): tf.Tensor =>
  image.dtype === 'int32' ? tf.div(image, 255) : tf.cast(image, 'float32');
