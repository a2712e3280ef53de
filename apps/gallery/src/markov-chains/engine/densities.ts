import * as tf from '@tensorflow/tfjs-core';
import type { TargetName } from '../targets';

/** log p(x) up to a constant: [n, 2] → [n]. All that a chain needs to know. */
export type LogProb = (x: tf.Tensor) => tf.Tensor;

const columns = (x: tf.Tensor) => tf.unstack(x, 1) as [tf.Tensor, tf.Tensor];
const square = (x: tf.Tensor) => tf.square(x);

/** `−½ ‖x − centre‖² / σ²` */
const hill = (x: tf.Tensor, centre: [number, number], std: number) =>
  tf.mul(-0.5 / std ** 2, tf.sum(square(tf.sub(x, tf.tensor1d(centre))), 1));

export const densities: Record<TargetName, LogProb> = {
  ridge(x) {
    const [a, b] = columns(x);
    const form = tf.add(tf.sub(square(a), tf.mul(2 * 0.95, tf.mul(a, b))), square(b));
    return tf.mul(-0.5 / (1 - 0.95 ** 2), form);
  },
  banana(x) {
    const [a, b] = columns(x);
    const bend = tf.sub(tf.add(b, 1.5), tf.mul(0.4, square(a)));
    return tf.mul(-0.5, tf.add(tf.mul(1 / 1.6 ** 2, square(a)), tf.mul(1 / 0.5 ** 2, square(bend))));
  },
  ring(x) {
    const radius = tf.sqrt(tf.add(tf.sum(square(x), 1), 1e-6)); // smooth in the middle too
    return tf.mul(-0.5 / 0.3 ** 2, square(tf.sub(radius, 2.5)));
  },
  islands(x) {
    const hills = [hill(x, [-2.2, -1.6], 0.7), hill(x, [2.4, -1.2], 0.7), hill(x, [0, 2.6], 0.7)];
    return tf.logSumExp(tf.stack(hills), 0);
  },
  funnel(x) {
    const [wide, spread] = columns(x); // the spread's logarithm is up the picture
    const width = tf.mul(0.5, square(tf.mul(wide, tf.exp(tf.mul(-0.5, spread)))));
    return tf.neg(tf.addN([tf.mul(0.5 / 1.8 ** 2, square(spread)), tf.mul(0.5, spread), width]));
  },
};
