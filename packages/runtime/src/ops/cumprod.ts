import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, complain } from './check';

export interface CumprodOptions {
  /** Along which dimension. Default 0. */
  axis?: number;
  /** Whether a number is left out of its own product. */
  exclusive?: boolean;
  /** From the end to the front. */
  reverse?: boolean;
}

/**
 * Products of all numbers up to each: `y[i] = x[0] · … · x[i]`, in log₂ n steps. As tf.cumprod, with a gradient of any
 * order, which is also right where numbers are 0.
 *
 * @param x - float32.
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no float32 tensor or has no such dimension.
 *
 * @example
 * const survival = cumprod(tf.sub(1, hazards), { axis: 1 });
 */
export function cumprod(
  x: tf.Tensor,
  { axis = 0, exclusive = false, reverse = false }: CumprodOptions = {},
): tf.Tensor {
  checkFloat('cumprod', 'x', x, 1);
  const along = axis < 0 ? axis + x.rank : axis;
  const size = x.shape[along];
  if (size === undefined) return complain('cumprod', 'axis', `a dimension of [${x.shape}]`, axis);
  if (x.size === 0) return tf.clone(x);
  const [A, C] = [sizeOf(x.shape.slice(0, along)), sizeOf(x.shape.slice(along + 1))];
  return tf.tidy(() => {
    /** The numbers moved on by some places, ones before them. */
    const moved = (y: tf.Tensor, by: number) =>
      tf.concat([tf.ones([A, by, C]), tf.slice(y, [0, 0, 0], [A, size - by, C])], 1);
    const flat = tf.reshape(x, [A, size, C]);
    let y: tf.Tensor = reverse ? tf.reverse(flat, 1) : flat;
    if (exclusive) y = size === 1 ? tf.onesLike(y) : moved(y, 1);
    for (let by = 1; by < size; by *= 2) y = tf.mul(y, moved(y, by));
    return tf.reshape(reverse ? tf.reverse(y, 1) : y, x.shape);
  });
}
