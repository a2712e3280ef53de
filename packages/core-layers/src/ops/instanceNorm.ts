import { groupNorm } from '@tenonjs/runtime/ops';
import type * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';

/**
 * Instance normalisation: each channel of each image by its own mean and variance over the places. One dispatch on WebGPU.
 *
 * `y = (x − mean) / √(variance + ε) · gamma + beta`
 *
 * Reference: Ulyanov, Vedaldi, Lempitsky, "Instance normalization", 2016.
 *
 * @param x - float32, shape [batch, ...places, C].
 * @param gamma - shape [C]; none is 1.
 * @param beta - shape [C]; none is 0.
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes do not fit.
 *
 * @example
 * const y = instanceNorm(images, gamma, beta);
 */
export function instanceNorm(
  x: tf.Tensor,
  gamma?: tf.Tensor,
  beta?: tf.Tensor,
  { epsilon = 1e-5 }: { epsilon?: number } = {},
): tf.Tensor {
  if (x.rank < 3) complain('instanceNorm', 'x', 'of shape [batch, ...places, C]', `[${x.shape}]`);
  return groupNorm(x, gamma, beta, { groups: x.shape.at(-1) as number, epsilon });
}
