import * as tf from '@tensorflow/tfjs-core';
import { knotsOf, splineBack, splineThere } from './spline';
import type { Moved, UnivariateMap } from './univariateMap';

export interface RationalQuadraticOptions {
  /** K: into how many pieces the interval is cut. Default: 8. */
  bins?: number;
  /** The spline works on [−bound, bound]; outside it nothing moves. Default: 3. */
  bound?: number;
}

/**
 * A monotone rational-quadratic spline on [−bound, bound], the identity outside it: K pieces, each the ratio of two
 * quadratics, which meet with equal slopes at knots that the parameters place.
 *
 * Its 3K − 1 parameters are K raw widths and K raw heights, softened to shares of the interval of at least 10⁻³ each, and
 * K − 1 raw log-slopes at the inner knots, softly bounded to ±5; slopes at the ends are 1.
 *
 * Points are clipped to the interval before any arithmetic, and the inverse solves its quadratic in a form in which nothing
 * cancels and no discriminant is negative: neither values nor gradients are ever NaN.
 *
 * Reference: Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019, §3.1 and appendix A.
 *
 * @throws RangeError when bins is not an integer from 2 to 999, or bound not a positive number.
 *
 * @example
 * const map = rationalQuadratic({ bins: 8, bound: 4 });
 * const conditioner = mlp({ inputs: 1, outputs: map.parameters, hidden: [32], seed: 1 });
 * const coupling = new Coupling({ map, mask: halfMask({ dim: 2 }), conditioner });
 */
export function rationalQuadratic({ bins = 8, bound = 3 }: RationalQuadraticOptions = {}): UnivariateMap {
  checkSpline('rationalQuadratic', bins, bound);
  const parameters = 3 * bins - 1;
  const go = (points: tf.Tensor2D, made: tf.Tensor2D, move: typeof splineThere): Moved => {
    const [B, n] = points.shape;
    const raw = rowsOf(made, B, n, parameters); // [B n, 3 K − 1]
    const [widths, heights, slopes] = tf.split(raw, [bins, bins, bins - 1], 1) as tf.Tensor2D[];
    const end = tf.zeros([B * n, 1]) as tf.Tensor2D; // a log-slope of 0
    const logSlopes = tf.concat([end, slopes as tf.Tensor2D, end], 1);
    const knots = knotsOf(widths as tf.Tensor2D, heights as tf.Tensor2D, logSlopes, bound);
    const x = tf.reshape(points, [B * n, 1]) as tf.Tensor2D;
    const clipped = tf.clipByValue(x, -bound, bound) as tf.Tensor2D;
    const { value, logSlope } = move(clipped, knots);
    const isInside = tf.step(tf.sub(bound, tf.abs(x))); // 1 or 0, of no slope
    const moved = tf.add(x, tf.mul(isInside, tf.sub(value, clipped)));
    return perPoint(moved, tf.mul(isInside, logSlope), B, n);
  };
  return {
    parameters,
    move: (z, made) => go(z, made, splineThere),
    moveBack: (x, made) => go(x, made, splineBack),
  };
}

/** @throws RangeError when there is no spline of these. */
export function checkSpline(caller: string, bins: number, bound: number): void {
  if (!Number.isInteger(bins) || bins < 2 || bins >= 1000) {
    throw new RangeError(`${caller}: bins must be an integer from 2 to 999, got ${bins}`);
  }
  if (!(bound > 0 && Number.isFinite(bound))) {
    throw new RangeError(`${caller}: bound must be a positive number, got ${bound}`);
  }
}

/** A row of parameters for each number: [B, count · n] → [B n, count]. */
export function rowsOf(made: tf.Tensor2D, B: number, n: number, count: number): tf.Tensor2D {
  const perNumber = n === 1 ? made : tf.transpose(tf.reshape(made, [B, count, n]), [0, 2, 1]);
  return tf.reshape(perNumber, [B * n, count]) as tf.Tensor2D;
}

/** Numbers and their log-slopes in rows, as points with the sums of theirs: [B n, 1] → [B, n] and [B]. */
export function perPoint(value: tf.Tensor, logSlope: tf.Tensor, B: number, n: number): Moved {
  return {
    value: tf.reshape(value, [B, n]) as tf.Tensor2D,
    logDet: tf.sum(tf.reshape(logSlope, [B, n]), 1),
  };
}
