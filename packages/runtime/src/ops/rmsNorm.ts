import type * as tf from '@tensorflow/tfjs-core';
import { checkShape } from './check';
import { checkNorm, type LayerNormOptions, rowsOf } from './layerNorm';
import { normalize } from './normalize/normalize';

/**
 * Root mean square normalisation: layer normalisation that leaves the mean where it is.
 *
 * `y = x / √(mean(x²) + ε) · gamma`
 *
 * Reference: Zhang, Sennrich, "Root mean square layer normalization", 2019.
 *
 * @param x - float32, shape [..., C].
 * @param gamma - shape [C], or of all dimensions normalised over; none is 1.
 * @param options.epsilon - default 1e-6.
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes do not fit or the axes are not the last ones.
 *
 * @example
 * const y = rmsNorm(x, tf.ones([64]));
 */
export function rmsNorm(
  x: tf.Tensor,
  gamma?: tf.Tensor,
  { epsilon = 1e-6, axis = -1 }: LayerNormOptions = {},
): tf.Tensor {
  const inner = checkNorm('rmsNorm', x, { epsilon, axis });
  checkShape('rmsNorm', 'gamma', gamma, inner);
  return normalize({ x, gamma }, { ...rowsOf(x, inner), epsilon, centered: false }).y;
}
