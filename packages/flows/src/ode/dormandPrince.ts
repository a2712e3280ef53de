import * as tf from '@tensorflow/tfjs-core';
import { sumOf } from '../shapes';
import type { Field } from './field';

/** The coefficients: stage i starts from the stages before it; `fifth` is the step, `error` its difference from the fourth order. */
const stages = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const times = [1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const error = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** The first step, and how much smaller or larger a step may be than that before. */
const FIRST_STEP = 0.1;
const [LEAST_CHANGE, MOST_CHANGE, CAUTION] = [0.2, 5, 0.9];

/**
 * Solves dy/dt = field(y, t) from 0 to 1, or from 1 to 0, in steps of the fifth order whose sizes each point chooses by its
 * own errors. A step whose error is too large is tried again with a smaller one. Nothing is read back: all points try
 * `attempts` steps, those that have arrived stand still, and the last attempt goes the rest of the way.
 *
 * The gradient is that of the steps taken; how they were chosen has none.
 *
 * Reference: Dormand, Prince, "A family of embedded Runge–Kutta formulae", 1980, table 2.
 *
 * @param from - [B, n]
 * @param options.tolerance - of the error of a step, beside 1 and beside the numbers.
 */
export function dormandPrince(
  field: Field,
  from: tf.Tensor2D,
  direction: 1 | -1,
  { attempts, tolerance }: { attempts: number; tolerance: number },
): tf.Tensor2D {
  const B = from.shape[0];
  let y = from;
  let gone = tf.zeros([B, 1]) as tf.Tensor2D; // the share of the way
  let next = tf.fill([B, 1], FIRST_STEP) as tf.Tensor2D;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const isLast = attempt === attempts - 1;
    const left = tf.sub(1, gone) as tf.Tensor2D;
    const share = isLast ? left : (tf.minimum(next, left) as tf.Tensor2D);
    const { there, missed } = tryStep(field, y, gone, share, direction);
    const size = tf.add(1, tf.maximum(tf.abs(y), tf.abs(there)));
    const relative = constant(tf.max(tf.div(tf.abs(missed), tf.mul(tolerance, size)), 1, true)); // [B, 1]
    const isTaken = isLast ? tf.onesLike(gone) : tf.sub(1, tf.step(tf.sub(relative, 1)));
    y = tf.add(y, tf.mul(isTaken, tf.sub(there, y))) as tf.Tensor2D;
    gone = tf.add(gone, tf.mul(isTaken, share)) as tf.Tensor2D;
    const change = tf.mul(CAUTION, tf.pow(tf.maximum(relative, 1e-6), -0.2));
    next = tf.mul(tf.maximum(share, 1e-3), tf.clipByValue(change, LEAST_CHANGE, MOST_CHANGE)) as tf.Tensor2D;
  }
  return y;
}

/** One step of a share of the way for each point, and what it differs from one of the fourth order. */
function tryStep(field: Field, y: tf.Tensor2D, gone: tf.Tensor2D, share: tf.Tensor2D, direction: 1 | -1) {
  const timeOf = (way: tf.Tensor) => (direction > 0 ? way : tf.sub(1, way)) as tf.Tensor2D;
  const h = tf.mul(direction, share);
  const slopes = [field(y, timeOf(gone))];
  const sum = (weights: readonly number[]) =>
    sumOf(weights.flatMap((weight, i) => (weight === 0 ? [] : [tf.mul(weight, slopes[i] as tf.Tensor)])));
  let there = y;
  for (const [i, weights] of stages.entries()) {
    there = tf.add(y, tf.mul(h, sum(weights))) as tf.Tensor2D;
    slopes.push(field(there, timeOf(tf.add(gone, tf.mul(times[i] as number, share)))));
  }
  return { there, missed: tf.mul(h, sum(error)) };
}

/** The same numbers with a gradient of zero. */
function constant(x: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((input) => ({
    value: tf.add(input as tf.Tensor, 0),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return op(x);
}
