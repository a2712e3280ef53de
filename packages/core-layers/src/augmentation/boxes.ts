import * as tf from '@tensorflow/tfjs-core';

/** A box in each image, from its first row and column to the one after its last; each float32 [B, 1]. */
export interface Boxes {
  top: tf.Tensor;
  bottom: tf.Tensor;
  left: tf.Tensor;
  right: tf.Tensor;
}

/** Ones inside, zeros outside: [B, H, W, 1]. */
export function maskOf({ top, bottom, left, right }: Boxes, [H, W]: readonly [number, number]): tf.Tensor {
  const within = (size: number, from: tf.Tensor, to: tf.Tensor) => {
    const at = tf.expandDims(tf.range(0, size), 0); // [1, size]
    return tf.cast(tf.logicalAnd(tf.greaterEqual(at, from), tf.less(at, to)), 'float32'); // [B, size]
  };
  const B = top.shape[0] as number;
  const rows = tf.reshape(within(H, top, bottom), [B, H, 1, 1]);
  return tf.mul(rows, tf.reshape(within(W, left, right), [B, 1, W, 1]));
}

/** Boxes about their middles, cut off where the image ends. */
export function boxesAround(
  row: tf.Tensor,
  column: tf.Tensor,
  height: tf.Tensor | number,
  width: tf.Tensor | number,
  [H, W]: readonly [number, number],
): Boxes {
  const cut = (at: tf.Tensor, size: number) => tf.clipByValue(at, 0, size);
  const [top, left] = [tf.sub(row, tf.floor(tf.div(height, 2))), tf.sub(column, tf.floor(tf.div(width, 2)))];
  return {
    top: cut(top, H),
    bottom: cut(tf.add(top, height), H),
    left: cut(left, W),
    right: cut(tf.add(left, width), W),
  };
}

/** The share of the image inside: [B, 1]. */
export const areaOf = ({ top, bottom, left, right }: Boxes, [H, W]: readonly [number, number]): tf.Tensor =>
  tf.div(tf.mul(tf.sub(bottom, top), tf.sub(right, left)), H * W);

/** A whole number in 0 … n − 1 from a uniform one; n may be a tensor. */
export const wholeOf = (u: tf.Tensor, n: tf.Tensor | number): tf.Tensor =>
  tf.minimum(tf.floor(tf.mul(u, n)), tf.sub(n, 1));
