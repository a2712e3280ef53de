import * as tf from '@tensorflow/tfjs-core';
import type { Split } from './splitter';

/**
 * Some rows of a tensor: no number leaves the device, only the indices go there.
 *
 * @param tensor - of shape [n, ...].
 * @param indices - m of the integers below n, as a split holds them.
 * @returns the rows in the order of the indices, a new tensor of shape [m, ...].
 * @throws RangeError when the tensor is a scalar, or an index is not below n.
 */
export function takeRows<T extends tf.Tensor>(tensor: T, indices: Uint32Array): T {
  const [n] = tensor.shape;
  if (n === undefined) throw new RangeError('takeRows: tensor must have rows, got a scalar');
  for (const index of indices) {
    if (index >= n) throw new RangeError(`takeRows: indices must be below the number of rows, ${n}, got ${index}`);
  }
  return tf.tidy(() => tf.gather(tensor, tf.tensor1d(Int32Array.from(indices), 'int32')));
}

/** Both sides of a split, as tensors. */
export interface Fold<X extends tf.Tensor, Y extends tf.Tensor> {
  xTrain: X;
  yTrain: Y;
  xTest: X;
  yTest: Y;
}

/**
 * The rows of samples and labels on either side of a split.
 *
 * @param x - samples, of shape [n, ...].
 * @param y - labels, of shape [n, ...].
 * @returns four new tensors: of shape [train.length, ...] and [test.length, ...].
 * @throws RangeError when x and y differ in length, or the split names other rows.
 */
export function foldTensors<X extends tf.Tensor, Y extends tf.Tensor>(x: X, y: Y, { train, test }: Split): Fold<X, Y> {
  if (x.shape[0] !== y.shape[0]) {
    throw new RangeError(`foldTensors: x and y must have as many rows, got ${x.shape[0]} and ${y.shape[0]}`);
  }
  return {
    xTrain: takeRows(x, train),
    yTrain: takeRows(y, train),
    xTest: takeRows(x, test),
    yTest: takeRows(y, test),
  };
}
