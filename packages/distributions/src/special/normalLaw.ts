import * as tf from '@tensorflow/tfjs-core';
import { withSlopes } from '../gradients';
import { CENTRE, MIDDLE, type Rational, TAIL } from './normalQuantile';
import { polynomial } from './polynomial';

const LOG_ERFC = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/** φ(z), the density of the standard normal law. */
const density = (z: tf.Tensor): tf.Tensor => tf.div(tf.exp(tf.mul(-0.5, tf.square(z))), Math.sqrt(2 * Math.PI));

/**
 * Φ(z), the CDF of the standard normal law, element by element: ½ erfc(−z / √2), within 1e-6 of the value where
 * −4 < z, and in the lower tail, down to 1e-38, within 5e-6.
 *
 * Reference: Press et al., "Numerical Recipes", 3rd ed., 2007, §6.2.
 */
export function normalCdf(z: tf.Tensor): tf.Tensor {
  return withSlopes(
    (at) => {
      const x = tf.mul(tf.abs(at), Math.SQRT1_2);
      const t = tf.div(1, tf.add(1, tf.mul(0.5, x)));
      const tail = tf.mul(tf.mul(0.5, t), tf.exp(tf.sub(polynomial(t, LOG_ERFC), tf.square(x))));
      return tf.where(tf.less(at, 0), tail, tf.sub(1, tail));
    },
    [density],
    z,
  );
}

const quotient = (x: tf.Tensor, [top, bottom]: Rational): tf.Tensor =>
  tf.div(polynomial(x, top), polynomial(x, bottom));

/**
 * Φ⁻¹(p), the quantile of the standard normal law, element by element, for p in (0, 1): three rational functions, within
 * 1e-6 of the value.
 *
 * Reference: Wichura, "Algorithm AS 241: the percentage points of the normal distribution", 1988.
 */
export function normalIcdf(p: tf.Tensor): tf.Tensor {
  return withSlopes(
    (at) => {
      const fromCentre = tf.sub(at, 0.5);
      const inner = tf.lessEqual(tf.abs(fromCentre), 0.425);
      const centre = tf.mul(fromCentre, quotient(tf.sub(0.180625, tf.square(fromCentre)), CENTRE));
      const r = tf.sqrt(tf.neg(tf.log(tf.minimum(at, tf.sub(1, at)))));
      const outer = tf.where(tf.lessEqual(r, 5), quotient(tf.sub(r, 1.6), MIDDLE), quotient(tf.sub(r, 5), TAIL));
      return tf.where(inner, centre, tf.mul(tf.sign(fromCentre), outer));
    },
    [(at) => tf.div(1, density(normalIcdf(at)))],
    p,
  );
}
