import type * as tf from '@tensorflow/tfjs-core';
import { part, unite } from '../ops/part';
import { checkPositiveInteger } from '../shapes';
import { type Mask, type MaskOptions, maskOf } from './mask';

/**
 * Keeps the even positions of a vector: 0, 2, 4, …
 *
 * @param options.dim - at least 2.
 * @throws RangeError when there is nothing to divide.
 */
export function alternatingMask({ dim, ...options }: { dim: number } & MaskOptions): Mask {
  checkPositiveInteger('alternatingMask', 'dim - 1', dim - 1);
  const even = Math.ceil(dim / 2);
  return maskOf(
    [dim],
    [even, dim - even],
    (points) => part(points, 1, 'alternating') as [tf.Tensor2D, tf.Tensor2D],
    (a, b) => unite(a, b, 1, 'alternating'),
    options,
  );
}
