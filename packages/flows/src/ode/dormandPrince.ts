import * as tf from '@tensorflow/tfjs-core';
import { sumOf } from '../shapes';
import { type Field, grown, type Integrand, type Solution, type Solver, type Stage } from './solver';

/** The coefficients: each stage starts from the slopes of those before it; the last is where the step goes. */
const rows = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const fifth = rows[6] as number[];
const times = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
/** A step's difference from one of the fourth order. */
const error = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** The first step, and how much smaller or larger a step may be than that before. */
const FIRST_STEP = 0.1;
const [LEAST_CHANGE, MOST_CHANGE, CAUTION] = [0.2, 5, 0.9];

/**
 * Steps of the fifth order whose sizes each point chooses by its own errors. A step whose error is too large is tried again
 * with a smaller one. Nothing is read back: all points try `attempts` steps, those that have arrived stand still, and the
 * last attempt goes the rest of the way.
 *
 * The gradient is that of the steps taken; how they were chosen has none.
 *
 * Reference: Dormand, Prince, "A family of embedded Runge–Kutta formulae", 1980, table 2.
 *
 * @param options.tolerance - of the error of a step, beside 1 and beside the numbers.
 */
export const dormandPrince =
  ({ attempts, tolerance }: { attempts: number; tolerance: number }): Solver =>
  (field, from, direction, integrand) => {
    const B = from.shape[0];
    let way: Way = {
      end: from,
      integrals: [],
      gone: tf.zeros([B, 1]) as tf.Tensor2D,
      next: tf.fill([B, 1], FIRST_STEP) as tf.Tensor2D,
    };
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const before = way;
      way = tf.tidy(() => ({
        ...goOn(field, before, { direction, tolerance, isLast: attempt === attempts, integrand }),
      }));
    }
    return way;
  };

/** How far each point is, as a share of the way, and the step that it will try next, [B, 1]. */
interface Way extends Solution {
  gone: tf.Tensor2D;
  next: tf.Tensor2D;
}

interface AttemptOptions {
  direction: 1 | -1;
  tolerance: number;
  isLast: boolean;
  integrand: Integrand | undefined;
}

/** One attempt of each point. */
function goOn(field: Field, { end: y, integrals, gone, next }: Way, options: AttemptOptions): Way {
  const { direction, tolerance, isLast, integrand } = options;
  const left = tf.sub(1, gone) as tf.Tensor2D;
  const share = isLast ? left : (tf.minimum(next, left) as tf.Tensor2D);
  const h = tf.mul(direction, share);
  const { there, missed, stages } = tryStep(field, y, h, (part) => {
    const along = tf.add(gone, tf.mul(part, share));
    return (direction > 0 ? along : tf.sub(1, along)) as tf.Tensor2D;
  });
  const size = tf.add(1, tf.maximum(tf.abs(y), tf.abs(there)));
  const relative = constant(tf.max(tf.div(tf.abs(missed), tf.mul(tolerance, size)), 1, true)); // [B, 1]
  const isTaken = isLast ? tf.onesLike(gone) : tf.sub(1, tf.step(tf.sub(relative, 1)));
  const change = tf.mul(CAUTION, tf.pow(tf.maximum(relative, 1e-6), -0.2));
  return {
    end: tf.add(y, tf.mul(isTaken, tf.sub(there, y))) as tf.Tensor2D,
    integrals: integrand === undefined ? integrals : grown(integrals, stages, tf.mul(isTaken, h), integrand),
    gone: tf.add(gone, tf.mul(isTaken, share)) as tf.Tensor2D,
    next: tf.mul(tf.maximum(share, 1e-3), tf.clipByValue(change, LEAST_CHANGE, MOST_CHANGE)) as tf.Tensor2D,
  };
}

/** One step of a size for each point, and what it differs from one of the fourth order. */
function tryStep(field: Field, y: tf.Tensor2D, h: tf.Tensor, timeAt: (part: number) => tf.Tensor2D) {
  const slopes: tf.Tensor2D[] = [];
  const sum = (weights: readonly number[]) =>
    sumOf(weights.flatMap((weight, i) => (weight === 0 ? [] : [tf.mul(weight, slopes[i] as tf.Tensor)])));
  let there = y;
  const stages = rows.map((row, i): Stage => {
    if (i > 0) there = tf.add(y, tf.mul(h, sum(row))) as tf.Tensor2D;
    const time = timeAt(times[i] as number);
    slopes.push(field(there, time));
    return { state: there, time, share: fifth[i] ?? 0 };
  });
  return { there, missed: tf.mul(h, sum(error)), stages };
}

/** The same numbers with a gradient of zero. */
function constant(x: tf.Tensor): tf.Tensor {
  const op = tf.customGrad((input) => ({
    value: tf.add(input as tf.Tensor, 0),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return op(x);
}
