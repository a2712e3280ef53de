import * as tf from '@tensorflow/tfjs-core';

/** Where a rectangle lies: its first row and column, its height and width. */
export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** The places of an occluder that is moved over an image, row by row; the last of each row and column lies at the border. */
export function occluderBoxes(
  [H, W]: readonly [number, number],
  window: readonly [number, number],
  stride: readonly [number, number],
): { rows: number; columns: number; boxes: Box[] } {
  const [height, width] = [Math.min(window[0], H), Math.min(window[1], W)];
  const [tops, lefts] = [starts(H - height, stride[0]), starts(W - width, stride[1])];
  const boxes = tops.flatMap((top) => lefts.map((left) => ({ top, left, height, width })));
  return { rows: tops.length, columns: lefts.length, boxes };
}

/** 0, stride, … and the last itself. */
function starts(last: number, stride: number): number[] {
  const all = Array.from({ length: Math.ceil(last / stride) }, (_, i) => i * stride);
  return [...all, last];
}

/** Ones in each box, zeros around it: [P, H, W, 1]. */
export function boxMasks(boxes: readonly Box[], [H, W]: readonly [number, number]): tf.Tensor4D {
  const inside = (size: number, first: number[], length: number[]) => {
    const place = tf.reshape(tf.range(0, size), [1, size]);
    const begin = tf.tensor2d(first, [boxes.length, 1]);
    const after = tf.less(place, tf.add(begin, tf.tensor2d(length, [boxes.length, 1])));
    return tf.cast(tf.logicalAnd(tf.greaterEqual(place, begin), after), 'float32'); // [P, size]
  };
  const rows = inside(
    H,
    boxes.map(({ top }) => top),
    boxes.map(({ height }) => height),
  );
  const columns = inside(
    W,
    boxes.map(({ left }) => left),
    boxes.map(({ width }) => width),
  );
  return tf.mul(tf.reshape(rows, [-1, H, 1, 1]), tf.reshape(columns, [-1, 1, W, 1]));
}
