import * as tf from '@tensorflow/tfjs-core';
import type { Sampling } from './sampling';

/** The four numbers of the image around each place of the result: which row of [B·H·W, C], and its weight; each [B, h, w]. */
function tapsOf(matrices: tf.Tensor, [H, W]: readonly [number, number], [h, w]: readonly [number, number]) {
  const B = matrices.shape[0] as number;
  const X = tf.sub(tf.range(0, w), w / 2 - 0.5); // [w]
  const Y = tf.reshape(tf.sub(tf.range(0, h), h / 2 - 0.5), [h, 1]);
  const m = tf.split(tf.reshape(matrices, [B, 6, 1]), 6, 1) as tf.Tensor[]; // each [B, 1, 1]
  const along = (k: number, middle: number) => {
    const [a, b, shift] = m.slice(k, k + 3) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return tf.add(tf.add(tf.mul(a, X), tf.mul(b, Y)), tf.add(shift, middle)); // [B, h, w]
  };
  const [columns, rows] = [along(0, W / 2 - 0.5), along(3, H / 2 - 0.5)];
  const image = tf.mul(tf.reshape(tf.range(0, B), [B, 1, 1]), H * W);
  return [0, 1, 2, 3].map((tap) => {
    const near = (at: tf.Tensor, step: number, size: number) => {
      const whole = tf.add(tf.floor(at), step);
      const inside = tf.logicalAnd(tf.greaterEqual(whole, 0), tf.less(whole, size));
      const weight = tf.mul(tf.sub(1, tf.abs(tf.sub(at, whole))), tf.cast(inside, 'float32'));
      return { at: tf.clipByValue(whole, 0, size - 1), weight };
    };
    const [row, column] = [near(rows, tap >> 1, H), near(columns, tap & 1, W)];
    const place = tf.add(image, tf.add(tf.mul(row.at, W), column.at));
    return {
      place: tf.reshape(tf.cast(place, 'int32'), [-1]),
      weight: tf.reshape(tf.mul(row.weight, column.weight), [-1, 1]),
    };
  });
}

const sumOf = (tensors: tf.Tensor[]) => tensors.reduce((sum, each) => tf.add(sum, each));

export function composedGather(x: tf.Tensor, matrices: tf.Tensor, { size, fill }: Sampling): tf.Tensor {
  const [B, H, W, C] = x.shape as [number, number, number, number];
  const shape = [B, ...size, C];
  if (x.size === 0) return tf.fill(shape, fill);
  const numbers = tf.reshape(tf.sub(x, fill), [-1, C]);
  const taps = tapsOf(matrices, [H, W], size).map(({ place, weight }) =>
    tf.mul(tf.gather(numbers, place as tf.Tensor1D), weight),
  );
  return tf.add(tf.reshape(sumOf(taps), shape), fill);
}

export function composedSpread(dy: tf.Tensor, matrices: tf.Tensor, image: readonly [number, number]): tf.Tensor {
  const [B, h, w, C] = dy.shape as [number, number, number, number];
  const [H, W] = image;
  if (dy.size === 0) return tf.zeros([B, H, W, C]);
  const numbers = tf.reshape(dy, [-1, C]);
  const taps = tapsOf(matrices, image, [h, w]).map(({ place, weight }) =>
    tf.scatterND(tf.reshape(place, [-1, 1]), tf.mul(numbers, weight), [B * H * W, C]),
  );
  return tf.reshape(sumOf(taps), [B, H, W, C]);
}
