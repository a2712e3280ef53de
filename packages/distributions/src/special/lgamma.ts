import * as tf from '@tensorflow/tfjs-core';
import { withSlopes } from '../gradients';
import { digamma } from './digamma';
import { polynomial } from './polynomial';
import { STIRLING_FROM, stirlingSeries } from './stirling';

/** log Γ(2 + t) / t on [−1, 1], within 2e-9: Chebyshev interpolation, as powers of t. */
const ABOUT_TWO = [
  0.4227843345, 0.3224670337, -0.06735224404, 0.02058078155, -0.007386452539, 0.002890935323, -0.001187469599,
  0.0005071787624, -0.0002376491031, 0.0001062875975, -2.516976379e-5, 1.120198216e-5, -2.175843458e-5, 1.01710107e-5,
];

/** Below, the recurrence log Γ(x) = log Γ(x + 1) − log x. */
const SHIFT_BELOW = 1.5;

/**
 * log Γ(x), element by element, for x > 0; its gradient is `digamma`.
 *
 *     x < 1.5:  log Γ(x + 1) − log x
 *     x < 3:    a polynomial about 2, times x − 2
 *     else:     (x − ½)(log x − 1) + ½ log 2π − ½ + Σₖ B₂ₖ / (2k(2k−1) x²ᵏ⁻¹)
 *
 * In float32 within 1e-6 of the value, and of 1 next to the zeros at 1 and 2.
 *
 * @param x - positive, any shape.
 * @returns of the shape of x.
 *
 * Reference: Abramowitz, Stegun, "Handbook of Mathematical Functions", 1964, §6.1.
 *
 * @example
 * lgamma(tf.tensor1d([0.5, 5])).print(); // [log √π, log 24]
 */
export function lgamma(x: tf.Tensor): tf.Tensor {
  return withSlopes(evaluate, [digamma], x);
}

function evaluate(x: tf.Tensor): tf.Tensor {
  const low = tf.less(x, SHIFT_BELOW);
  const t = tf.minimum(tf.where(low, tf.sub(x, 1), tf.sub(x, 2)), 1);
  const near = tf.mul(t, polynomial(t, ABOUT_TWO));
  // log x for x next to 1, where the sum vanishes, by log1p: x − 1 is exact there.
  const log = tf.where(tf.less(x, 0.5), tf.log(x), tf.log1p(tf.sub(tf.maximum(x, 0.5), 1)));
  const small = tf.where(low, tf.sub(near, log), near);
  const large = tf.maximum(x, STIRLING_FROM);
  const main = tf.add(tf.mul(tf.sub(large, 0.5), tf.sub(tf.log(large), 1)), 0.5 * Math.log(2 * Math.PI) - 0.5);
  return tf.where(tf.less(x, STIRLING_FROM), small, tf.add(main, stirlingSeries(large)));
}
