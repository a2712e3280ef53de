import type * as tf from '@tensorflow/tfjs-core';
import { part, unite } from '../ops/part';
import { checkPositiveInteger } from '../shapes';
import { type Mask, type MaskOptions, maskOf } from './mask';

/**
 * Keeps the first half of a vector, the larger one when the dimension is odd.
 *
 * @param options.dim - at least 2.
 * @throws RangeError when there is nothing to divide.
 */
export function halfMask({ dim, ...options }: { dim: number } & MaskOptions): Mask {
  checkPositiveInteger('halfMask', 'dim - 1', dim - 1);
  const first = Math.ceil(dim / 2);
  return maskOf(
    [dim],
    [first, dim - first],
    (points) => part(points, 1, first) as [tf.Tensor2D, tf.Tensor2D],
    (a, b) => unite(a, b, 1, first),
    options,
  );
}
