import * as tf from '@tensorflow/tfjs-core';
import { checkFloat, complain } from './check';
import { type Conv2dOptions, convolveFor } from './conv2d';

/**
 * A depthwise convolution with all that follows it: each channel c meets M kernels of its own, which give the channels
 * c · M + m of y. One dispatch on WebGPU where {@link conv2d} takes one.
 *
 * Reference: Howard et al., "MobileNets", 2017.
 *
 * @param x - float32, shape [B, H, W, C].
 * @param kernel - shape [kh, kw, C, M].
 * @param options - those of conv2d, all but groups.
 * @returns shape [B, OH, OW, C · M].
 * @throws TypeError when shapes do not fit or an option has no such value.
 *
 * @example
 * const y = depthwiseConv2d(x, kernel, { padding: 'same', bias, activation: 'relu' });
 */
export function depthwiseConv2d(
  x: tf.Tensor,
  kernel: tf.Tensor,
  options: Omit<Conv2dOptions, 'groups'> = {},
): tf.Tensor {
  checkFloat('depthwiseConv2d', 'kernel', kernel);
  const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number];
  if (kernel.rank !== 4 || (x.rank === 4 && channels !== x.shape[3])) {
    complain('depthwiseConv2d', 'kernel', `of shape [kh, kw, ${x.shape[3] ?? 'C'}, M]`, `[${kernel.shape}]`);
  }
  return tf.tidy(() => {
    const grouped = tf.reshape(kernel, [height, width, 1, channels * multiplier]);
    return convolveFor('depthwiseConv2d', x, grouped, { ...options, groups: channels });
  });
}
