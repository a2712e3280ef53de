import type * as tf from '@tensorflow/tfjs-core';
import { complain } from './check';

const describe = ({ dtype, shape }: tf.Tensor) => `${dtype} of shape [${shape}]`;

/** Images, float32 [B, H, W, C]: their shape. */
export function checkImages(caller: string, argument: string, x: tf.Tensor): [number, number, number, number] {
  if (x.dtype !== 'float32' || x.rank !== 4) complain(caller, argument, 'float32 of shape [B, H, W, C]', describe(x));
  return x.shape as [number, number, number, number];
}

/** A tensor of just this type and shape. */
export function checkTensor(
  caller: string,
  argument: string,
  tensor: tf.Tensor,
  dtype: tf.DataType,
  shape: readonly number[],
): void {
  if (tensor.dtype === dtype && tensor.shape.join() === shape.join()) return;
  complain(caller, argument, `${dtype} of shape [${shape}]`, describe(tensor));
}

/** One integer or two, for height and width, none of them below `least`. */
export function checkPair(
  caller: string,
  argument: string,
  value: number | readonly [number, number],
  least = 1,
): [number, number] {
  const pair = typeof value === 'number' ? [value, value] : value;
  if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((n) => Number.isInteger(n) && n >= least)) {
    complain(caller, argument, `one integer or two ≥ ${least}`, value);
  }
  return [pair[0] as number, pair[1] as number];
}

/** Two finite numbers, the first not above the second. */
export function checkRange(
  caller: string,
  argument: string,
  range: readonly [number, number],
): readonly [number, number] {
  const sound = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] <= range[1];
  return sound ? range : complain(caller, argument, 'two finite numbers, the first not above the second', range);
}
