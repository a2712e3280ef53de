import * as tf from '@tensorflow/tfjs-core';
import { part, unite } from '../ops/part';
import { checkImageShape, type ImageShape } from './imageShape';
import { type Mask, type MaskOptions, maskOf } from './mask';

/**
 * Keeps the first half of an image's channels, the larger one when their number is odd.
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
    (points) => part(points, 3, first).map((some) => tf.reshape(some, [points.shape[0] as number, -1])) as Parts,
    (a, b) => unite(tf.reshape(a, [-1, H, W, first]), tf.reshape(b, [-1, H, W, C - first]), 3, first),
    options,
  );
}

type Parts = [tf.Tensor2D, tf.Tensor2D];
