import type * as tf from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../shapes';
import { deinterleave, interleave } from './interleave';
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
    (points) => deinterleave(points, 1) as [tf.Tensor2D, tf.Tensor2D],
    (a, b) => interleave(a, b, 1),
    options,
  );
}
