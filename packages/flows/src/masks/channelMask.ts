import * as tf from '@tensorflow/tfjs-core';
import { checkImageShape, type ImageShape } from './imageShape';
import { type Mask, type MaskOptions, maskOf } from './mask';

/**
 * Keeps the first half of an image's channels, the larger one when their number is odd.
 *
 * The channels are divided as rows of the transposed image: wasm is quick at that, and slow at slices of short rows.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, figure 3.
 *
 * @param options.shape - [height, width, channels] with at least 2 channels.
 * @throws RangeError when there is nothing to divide.
 */
export function channelMask({ shape, ...options }: { shape: ImageShape } & MaskOptions): Mask {
  checkImageShape('channelMask', shape, [1, 1, 2]);
  const [H, W, C] = shape;
  const first = Math.ceil(C / 2);
  return maskOf(
    shape,
    [H * W * first, H * W * (C - first)],
    (points) => {
      const channels = tf.split(tf.transpose(tf.reshape(points, [-1, C])), [first, C - first]); // each [some, B H W]
      const [a, b] = channels.map((some) => tf.reshape(tf.transpose(some), [-1, H * W * (some.shape[0] as number)]));
      return [a, b] as [tf.Tensor2D, tf.Tensor2D];
    },
    (a, b) => {
      const channels = [tf.reshape(a, [-1, first]), tf.reshape(b, [-1, C - first])].map((some) => tf.transpose(some));
      return tf.reshape(tf.transpose(tf.concat(channels)), [-1, H, W, C]);
    },
    options,
  );
}
