import type * as tf from '@tensorflow/tfjs-core';
import { checkFloat, checkNumber, checkShape, complain } from './check';
import { normalize } from './normalize/normalize';

export interface GroupNormOptions {
  /** How many groups the channels are shared out over: 1 is layer normalisation of whole images, C instance normalisation. */
  groups: number;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
}

/**
 * Group normalisation: the channels of each image are taken in groups, each normalised over its places and channels.
 *
 * `y = (x − mean) / √(variance + ε) · gamma + beta`
 *
 * Reference: Wu, He, "Group normalization", 2018.
 *
 * @param x - float32, shape [batch, ...places, C]: channels last.
 * @param gamma - shape [C]; none is 1.
 * @param beta - shape [C]; none is 0.
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes do not fit or the groups do not divide C.
 *
 * @example
 * const y = groupNorm(images, gamma, beta, { groups: 8 });
 */
export function groupNorm(
  x: tf.Tensor,
  gamma: tf.Tensor | undefined,
  beta: tf.Tensor | undefined,
  { groups, epsilon = 1e-5 }: GroupNormOptions,
): tf.Tensor {
  checkFloat('groupNorm', 'x', x, 2);
  checkNumber('groupNorm', 'epsilon', epsilon, { least: 0 });
  const [batch, ...rest] = x.shape as [number, ...number[]];
  const channels = rest.at(-1) as number;
  checkShape('groupNorm', 'gamma', gamma, [channels]);
  checkShape('groupNorm', 'beta', beta, [channels]);
  const width = channels / groups;
  if (!(Number.isInteger(groups) && groups > 0 && Number.isInteger(width))) {
    complain('groupNorm', 'groups', `a divisor of the ${channels} channels`, groups);
  }
  const places = rest.slice(0, -1).reduce((product, n) => product * n, 1);
  return normalize({ x, gamma, beta }, { batch, places, groups, width, epsilon, centered: true }).y;
}
