import { rationalQuadraticSpline } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { part } from '../ops/part';
import { checkSpline } from './rationalQuadratic';
import type { Moved, UnivariateMap } from './univariateMap';

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
  /** x modulo the circle, in [−bound, bound]. */
  const wrap = (x: tf.Tensor) => {
    const rounds = tf.floor(tf.div(tf.add(x, bound), 2 * bound));
    return tf.clipByValue(tf.sub(x, tf.mul(2 * bound, rounds)), -bound, bound);
  };
  const partsOf = (points: tf.Tensor2D, made: tf.Tensor2D) =>
    part(made, 1, 3 * bins * points.shape[1]) as [raw: tf.Tensor2D, turn: tf.Tensor2D];
  return {
    parameters: 3 * bins + 1,
    move(z, made) {
      const [raw, turn] = partsOf(z, made); // [B, 3 K n], [B, n]
      const { value, logDet } = rationalQuadraticSpline(wrap(z), raw, { bins, bound, circular: true });
      return { value: wrap(tf.add(value, turn)), logDet } as Moved;
    },
    moveBack(x, made) {
      const [raw, turn] = partsOf(x, made);
      return rationalQuadraticSpline(wrap(tf.sub(x, turn)), raw, {
        bins,
        bound,
        circular: true,
        inverse: true,
      }) as Moved;
    },
  };
}
