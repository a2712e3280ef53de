import * as tf from '@tensorflow/tfjs-core';
import { checkSpline, perPoint, rowsOf } from './rationalQuadratic';
import { knotsOf, splineBack, splineThere } from './spline';
import type { UnivariateMap } from './univariateMap';

export interface CircularSplineOptions {
  /** K: into how many pieces the circle is cut. Default: 8. */
  bins?: number;
  /** The circle is [−bound, bound) with its ends joined. Default: π, for angles. */
  bound?: number;
}

/**
 * A rational-quadratic spline of a circle onto itself: the slopes at both ends are one, and the circle is turned
 * afterwards. Numbers are taken modulo the circle, and what comes out lies in [−bound, bound).
 *
 * Its 3K + 1 parameters are those of `rationalQuadratic`, with a log-slope at the joined ends, and the turn.
 *
 * Reference: Rezende et al., "Normalizing flows on tori and spheres", 2020, §2.1.2.
 *
 * @throws RangeError when bins is not an integer from 2 to 999, or bound not a positive number.
 *
 * @example
 * const map = circularSpline({ bins: 8 });
 */
export function circularSpline({ bins = 8, bound = Math.PI }: CircularSplineOptions = {}): UnivariateMap {
  checkSpline('circularSpline', bins, bound);
  const parameters = 3 * bins + 1;
  const partsOf = (made: tf.Tensor2D, B: number, n: number) => {
    const raw = rowsOf(made, B, n, parameters); // [B n, 3 K + 1]
    const [widths, heights, slopes, turn] = tf.split<tf.Tensor2D>(raw, [bins, bins, bins, 1], 1) as Parts;
    const joined = tf.slice(slopes, [0, 0], [-1, 1]);
    return { knots: knotsOf(widths, heights, tf.concat([slopes, joined], 1), bound), turn };
  };
  /** x modulo the circle, in [−bound, bound]. */
  const wrap = (x: tf.Tensor) => {
    const rounds = tf.floor(tf.div(tf.add(x, bound), 2 * bound));
    return tf.clipByValue(tf.sub(x, tf.mul(2 * bound, rounds)), -bound, bound) as tf.Tensor2D;
  };
  const column = (points: tf.Tensor2D) => tf.reshape(points, [-1, 1]) as tf.Tensor2D; // [B n, 1]
  return {
    parameters,
    move(z, made) {
      const [B, n] = z.shape;
      const { knots, turn } = partsOf(made, B, n);
      const { value, logSlope } = splineThere(wrap(column(z)), knots);
      return perPoint(wrap(tf.add(value, turn)), logSlope, B, n);
    },
    moveBack(x, made) {
      const [B, n] = x.shape;
      const { knots, turn } = partsOf(made, B, n);
      const { value, logSlope } = splineBack(wrap(tf.sub(column(x), turn)), knots);
      return perPoint(value, logSlope, B, n);
    },
  };
}

type Parts = [widths: tf.Tensor2D, heights: tf.Tensor2D, slopes: tf.Tensor2D, turn: tf.Tensor2D];
