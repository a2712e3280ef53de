import type * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, checkNumber, checkShape, complain } from './check';
import { normalize } from './normalize/normalize';

export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
  /** The dimensions normalised over, which must be the last ones. Default the last one. */
  axis?: number | readonly number[];
}

/**
 * Layer normalisation: each row by its own mean and variance; one dispatch on WebGPU, two for its gradients.
 *
 * `y = (x − mean) / √(variance + ε) · gamma + beta`
 *
 * Reference: Ba, Kiros, Hinton, "Layer normalization", 2016.
 *
 * @param x - float32, shape [..., C].
 * @param gamma - shape [C], or of all dimensions normalised over; none is 1.
 * @param beta - of gamma's shape; none is 0.
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes do not fit or the axes are not the last ones.
 *
 * @example
 * const y = layerNorm(x, tf.ones([64]), tf.zeros([64]));
 */
export function layerNorm(
  x: tf.Tensor,
  gamma?: tf.Tensor,
  beta?: tf.Tensor,
  { epsilon = 1e-5, axis = -1 }: LayerNormOptions = {},
): tf.Tensor {
  const inner = checkNorm('layerNorm', x, { epsilon, axis });
  checkShape('layerNorm', 'gamma', gamma, inner);
  checkShape('layerNorm', 'beta', beta, inner);
  return normalize({ x, gamma, beta }, { ...rowsOf(x, inner), epsilon, centered: true }).y;
}

/** The shape normalised over, of a norm over the last dimensions. */
export function checkNorm(
  op: string,
  x: tf.Tensor,
  { epsilon, axis }: { epsilon: number; axis: number | readonly number[] },
): number[] {
  checkFloat(op, 'x', x, 1);
  checkNumber(op, 'epsilon', epsilon, { least: 0 });
  const axes = [axis].flat().map((a) => (a < 0 ? a + x.rank : a));
  const first = x.rank - axes.length;
  const sorted = [...axes].sort((a, b) => a - b);
  if (axes.length === 0 || first < 0 || sorted.some((a, i) => a !== first + i)) {
    complain(op, 'axis', `the last dimensions of [${x.shape}]`, axis);
  }
  return x.shape.slice(first);
}

/** Each row a segment of its own. */
export const rowsOf = (x: tf.Tensor, inner: readonly number[]) => {
  const width = sizeOf(inner);
  return { batch: width === 0 ? 0 : x.size / width, places: 1, groups: 1, width };
};
