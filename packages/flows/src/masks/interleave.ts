import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../shapes';

/**
 * Parts an axis into its even and its odd positions. Made of pad, transpose and a split of the first axis, whose
 * gradients every backend has (a strided slice has none), and which wasm is quick at (slices of short rows it is not).
 *
 * @param x - any tensor with at least 2 positions on the axis.
 * @returns the even positions (one more when the size is odd) and the odd ones.
 */
export function deinterleave(x: tf.Tensor, axis: number): [even: tf.Tensor, odd: tf.Tensor] {
  const size = x.shape[axis] as number;
  const pairs = Math.ceil(size / 2);
  const before = x.shape.slice(0, axis);
  const after = x.shape.slice(axis + 1);
  const padded = size % 2 === 0 ? x : tf.pad(x, paddingAt(x.rank, axis));
  const grouped = tf.reshape(padded, [sizeOf(before) * pairs, 2, sizeOf(after)]);
  const [even, odd] = tf.split(tf.transpose(grouped, [1, 0, 2]), 2); // each [1, before pairs, after]
  return [
    tf.reshape(even as tf.Tensor, [...before, pairs, ...after]),
    firstOf(tf.reshape(odd as tf.Tensor, [...before, pairs, ...after]), axis, size - pairs),
  ];
}

/** Puts even and odd positions of an axis back in their places: the inverse of `deinterleave`. */
export function interleave(even: tf.Tensor, odd: tf.Tensor, axis: number): tf.Tensor {
  const pairs = even.shape[axis] as number;
  const size = pairs + (odd.shape[axis] as number);
  const before = even.shape.slice(0, axis);
  const after = even.shape.slice(axis + 1);
  const paddedOdd = size === 2 * pairs ? odd : tf.pad(odd, paddingAt(odd.rank, axis));
  const parts = [even, paddedOdd].map((part) => tf.reshape(part, [1, sizeOf(before) * pairs, sizeOf(after)]));
  const joined = tf.transpose(tf.concat(parts), [1, 0, 2]); // [before pairs, 2, after]
  return firstOf(tf.reshape(joined, [...before, 2 * pairs, ...after]), axis, size);
}

/** One zero behind the last position of an axis. */
const paddingAt = (rank: number, axis: number): [number, number][] =>
  Array.from({ length: rank }, (_, i) => [0, i === axis ? 1 : 0]);

function firstOf(x: tf.Tensor, axis: number, size: number): tf.Tensor {
  if (x.shape[axis] === size) return x;
  return tf.slice(
    x,
    x.shape.map(() => 0),
    x.shape.map((full, i) => (i === axis ? size : full)),
  );
}
