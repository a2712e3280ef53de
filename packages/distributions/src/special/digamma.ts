import * as tf from '@tensorflow/tfjs-core';
import { withSlopes } from '../gradients';
import { polygamma } from './polygamma';
import { polynomial } from './polynomial';

/** The zero x₀ of ψ, as a float32 and what it leaves. */
const ZERO = [12261059 / 2 ** 23, 1.24381499e-8] as const;

/** ψ(2 + t) / (2 + t − x₀) on [−1, 1], within 2e-8: Chebyshev interpolation, as powers of t. */
const ABOUT_TWO = [
  0.7853075453, -0.260738958, 0.1089992588, -0.04955070391, 0.02345770308, -0.01134362793, 0.005491503689,
  -0.002709205725, 0.001523954716, -0.0007581970007, 0.0001124102244, -5.583611437e-5, 0.0002208564017,
  -0.0001103630398,
];

/** −B₂ₖ / 2k, for k = 1, 2, … */
const ASYMPTOTIC = [-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132, 691 / 32760, -1 / 12];

/** From here on the asymptotic series is exact in float32. */
const LARGE = 3;

/**
 * ψ(x) = d/dx log Γ(x), element by element, for x > 0; its gradient is `polygamma` of order 1.
 *
 *     x < 1:  ψ(x + 1) − 1 / x
 *     x < 3:  a polynomial about 2, times x − x₀, where ψ(x₀) = 0
 *     else:   log x − 1 / 2x − Σₖ B₂ₖ / (2k x²ᵏ)
 *
 * In float32 within 1e-6 of the value.
 *
 * @param x - positive, any shape.
 * @returns of the shape of x.
 *
 * Reference: Bernardo, "Algorithm AS 103: psi (digamma) function", 1976.
 *
 * @example
 * digamma(tf.scalar(1)).print(); // −0.5772157, Euler's constant
 */
export function digamma(x: tf.Tensor): tf.Tensor {
  return withSlopes(evaluate, [(at) => polygamma(1, at)], x);
}

function evaluate(x: tf.Tensor): tf.Tensor {
  const large = tf.maximum(x, LARGE);
  return tf.where(tf.less(x, LARGE), ofSmall(x), tf.add(tf.log(large), series(large)));
}

/** ψ(x) − log x, which is small where both are large. */
export function digammaMinusLog(x: tf.Tensor): tf.Tensor {
  return withSlopes(
    (at) => {
      const small = tf.minimum(at, LARGE);
      return tf.where(tf.less(at, LARGE), tf.sub(ofSmall(small), tf.log(small)), series(tf.maximum(at, LARGE)));
    },
    [(at) => tf.sub(polygamma(1, at), tf.div(1, at))],
    x,
  );
}

function ofSmall(x: tf.Tensor): tf.Tensor {
  const shifted = tf.less(x, 1);
  const t = tf.minimum(tf.where(shifted, tf.sub(x, 1), tf.sub(x, 2)), 1);
  const fromZero = tf.sub(tf.sub(tf.where(shifted, tf.add(x, 1), x), ZERO[0]), ZERO[1]);
  const near = tf.mul(fromZero, polynomial(t, ABOUT_TWO));
  return tf.where(shifted, tf.sub(near, tf.div(1, x)), near);
}

/** ψ(x) − log x for large x. */
function series(x: tf.Tensor): tf.Tensor {
  const inverse = tf.div(1, x);
  const square = tf.square(inverse);
  return tf.sub(tf.mul(square, polynomial(square, ASYMPTOTIC)), tf.mul(0.5, inverse));
}
