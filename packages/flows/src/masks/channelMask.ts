import * as tf from '@tensorflow/tfjs-core';
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
  const parts: ImageShape[] = [
    [H, W, first],
    [H, W, C - first],
  ];
  return maskOf(
    shape,
    [H * W * first, H * W * (C - first)],
    (points) =>
      tf.split(points, [first, C - first], 3).map((part) => tf.reshape(part, [part.shape[0] as number, -1])) as [
        tf.Tensor2D,
        tf.Tensor2D,
      ],
    (a, b) =>
      tf.concat(
        [a, b].map((part, i) => tf.reshape(part, [-1, ...(parts[i] as ImageShape)])),
        3,
      ),
    options,
  );
}
