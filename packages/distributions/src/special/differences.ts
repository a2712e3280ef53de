import * as tf from '@tensorflow/tfjs-core';
import { withoutGradient, withSlopes } from '../gradients';
import { polynomial } from './polynomial';

/** 2 / 3, 2 / 5, … : of the series of log((1 + r) / (1 − r)). */
const ARTANH = /* @__PURE__ */ [3, 5, 7, 9, 11, 13].map((k) => 2 / k);

/** 1 / k!, from k = 2 to 9. */
const EXPONENTIAL = /* @__PURE__ */ [2, 6, 24, 120, 720, 5040, 40320, 362880].map((factorial) => 1 / factorial);

/** In slopes, what is below is taken for this: so they stay finite, and may be multiplied. */
const SLOPE_FLOOR = 1e-30;

/**
 * t − log(1 + t) for −0.4 ≤ t ≤ 0.6, exact in float32 next to 0 too: with r = t / (2 + t),
 *
 *     t r − 2 (r³ / 3 + r⁵ / 5 + …)
 */
function nearZero(t: tf.Tensor): tf.Tensor {
  const r = tf.div(t, tf.add(2, t));
  const square = tf.square(r);
  return tf.sub(tf.mul(t, r), tf.mul(tf.mul(r, square), polynomial(square, ARTANH)));
}

/**
 * x / a − 1 − log(x / a) for positive x and a of one shape: not negative, and exact in float32 next to x = a too, where
 * both parts are nearly the same.
 */
export function deviance(x: tf.Tensor, a: tf.Tensor): tf.Tensor {
  return withSlopes(
    (top, bottom) => {
      const t = tf.div(tf.sub(top, bottom), bottom);
      const near = tf.clipByValue(t, -0.4, 0.6);
      return tf.where(tf.equal(t, near), nearZero(near), tf.sub(t, tf.log(tf.div(top, bottom))));
    },
    [
      (top, bottom) => tf.sub(tf.div(1, bottom), tf.div(1, tf.maximum(top, SLOPE_FLOOR))),
      (top, bottom) => tf.div(tf.sub(1, tf.div(top, bottom)), bottom),
    ],
    x,
    a,
  );
}

/** log(1 + t) for t > −1, exact in float32 next to 0 on every backend, which `tf.log1p` is not. */
export function log1p(t: tf.Tensor): tf.Tensor {
  return withSlopes(
    (at) => {
      const near = tf.clipByValue(at, -0.4, 0.6);
      return tf.where(tf.equal(at, near), tf.sub(near, nearZero(near)), tf.log(tf.add(1, at)));
    },
    [(at) => tf.div(1, tf.add(1, at))],
    t,
  );
}

/** exp(t) − 1 − t: not negative, and exact in float32 next to 0 too. */
export function expMinusLinear(t: tf.Tensor): tf.Tensor {
  const near = tf.clipByValue(t, -0.7, 0.7);
  const series = tf.mul(tf.square(near), polynomial(near, EXPONENTIAL));
  const isNear = withoutGradient(() => tf.equal(t, near));
  return tf.where(isNear, series, tf.sub(tf.sub(tf.exp(t), 1), t));
}
