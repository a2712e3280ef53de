import * as tf from '@tensorflow/tfjs-core';

/** A cell of a table, and how far into it: 0 at its start, 1 at its end. */
export interface Place {
  /** int32, shape of the positions. */
  cell: tf.Tensor;
  /** float32. */
  share: tf.Tensor;
}

/** Where positions are among equal cells; beyond the ends, in the outermost cell. */
export function placeOf(x: tf.Tensor, low: number, width: number, cells: number): Place {
  const position = tf.div(tf.sub(x, low), width);
  const cell = tf.clipByValue(tf.floor(position), 0, cells - 1);
  return { cell: tf.cast(cell, 'int32'), share: tf.clipByValue(tf.sub(position, cell), 0, 1) };
}

/**
 * How far into a cell the share u of its mass reaches, on which the density is a line from a to b: the t with
 *
 *     a t + ½ (b − a) t² = u (a + b) / 2,   t = u (a + b) / (a + √(a² + u (b² − a²)))
 */
export function inCell(a: tf.Tensor, b: tf.Tensor, u: tf.Tensor): tf.Tensor {
  const root = tf.sqrt(tf.add(tf.mul(tf.square(a), tf.sub(1, u)), tf.mul(tf.square(b), u)));
  const reach = tf.div(tf.mul(u, tf.add(a, b)), tf.maximum(tf.add(a, root), 1e-30));
  return tf.clipByValue(reach, 0, 1);
}

/**
 * Which cell holds the place u of each law: how many of its inner ends are at or below it.
 *
 * @param u - [n].
 * @param cumulative - the mass up to each end, [cells + 1], or [n, cells + 1] for laws of their own.
 */
export function cellOf(u: tf.Tensor, cumulative: tf.Tensor): tf.Tensor {
  const last = cumulative.rank - 1;
  const inner = (cumulative.shape[last] as number) - 2;
  if (inner === 0) return tf.zeros(u.shape, 'int32');
  const begin = cumulative.shape.map((_, axis) => (axis === last ? 1 : 0));
  const size = cumulative.shape.map((length, axis) => (axis === last ? inner : length));
  return tf.sum(tf.cast(tf.greaterEqual(tf.expandDims(u, -1), tf.slice(cumulative, begin, size)), 'int32'), -1);
}
