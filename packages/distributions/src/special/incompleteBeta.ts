import * as tf from '@tensorflow/tfjs-core';
import { broadcastTogether, withSlopes } from '../gradients';
import { TINY } from '../limits';
import { binet } from './binet';
import { deviance, expMinusLinear } from './differences';
import { digamma } from './digamma';
import { nodesOf } from './quadrature';

/**
 * The regularised incomplete beta function `Iₓ(a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b)`: the CDF at x of a beta
 * distribution. In float32 within 5e-6 of the value for a and b up to 1e4; gradients flow to all three.
 *
 * It is an integral over the fall of the log-odds from x on, from the side of the mean on which x stands:
 * Gauss–Legendre quadrature with 24 nodes, all at once.
 *
 * @param a - positive; a, b and x broadcast together.
 * @param b - positive.
 * @param x - in [0, 1].
 * @returns of the shape that all three broadcast to.
 *
 * Reference: Abramowitz, Stegun, "Handbook of Mathematical Functions", 1964, §26.5.
 *
 * @example
 * betainc(tf.scalar(2), tf.scalar(1), tf.scalar(0.5)).print(); // 0.25
 */
export function betainc(a: tf.Tensor, b: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return betaTail(a, b, x, tf.sub(1, x));
}

/** Iₓ(a, b) from x and y = 1 − x, for callers who know the smaller of the two to all its digits. */
export function betaTail(a: tf.Tensor, b: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return withSlopes(
    (...args) => {
      const { below, side } = chooseSide(...args);
      const { factor, integrate } = tail(...side);
      // At an end the factor is that of the smallest number, of which a small power is not small.
      const lower = tf.mul(tf.step(side[2]), tf.mul(factor, tf.add(1, integrate())));
      return tf.where(below, lower, tf.sub(1, lower));
    },
    [
      (...args) => shapeSlopes(...args)[0],
      (...args) => shapeSlopes(...args)[1],
      // The slope with respect to x at y = 1 − x: all of it is given to x.
      (p, q, u, v) =>
        tf.exp(tf.sub(logWeight(p, q, positive(u), positive(v)), tf.log(tf.mul(positive(u), positive(v))))),
      (_p, _q, _u, v) => tf.zerosLike(v),
    ],
    ...broadcastTogether(a, b, x, y),
  );
}

type Arguments = [a: tf.Tensor, b: tf.Tensor, x: tf.Tensor, y: tf.Tensor];

const positive = (x: tf.Tensor): tf.Tensor => tf.maximum(x, TINY);

/** Iₓ(a, b) = 1 − I₁₋ₓ(b, a): the arguments with which the lower tail is the one that falls off. */
function chooseSide(a: tf.Tensor, b: tf.Tensor, x: tf.Tensor, y: tf.Tensor) {
  const below = tf.lessEqual(x, tf.div(tf.add(a, 1), tf.add(tf.add(a, b), 2)));
  const side: Arguments = [tf.where(below, a, b), tf.where(below, b, a), tf.where(below, x, y), tf.where(below, y, x)];
  return { below, side };
}

/**
 * The lower tail is factor · (1 + integrate()): with K = xᵃ (1 − x)ᵇ / B(a, b),
 *
 *     Iₓ(a, b) = K / a + Iₓ(a + 1, b),   Iₓ(a + 1, b) = (K / a) x (a + b) ∫ exp(−φ) dv
 *
 * where t has the odds of x times e⁻ᵛ and φ = (a + 1) v + (a + 1 + b) log((1 − x) / (1 − t)).
 */
function tail(a: tf.Tensor, b: tf.Tensor, x: tf.Tensor, y: tf.Tensor) {
  const last = a.rank;
  const more = tf.add(a, 1);
  const sum = tf.add(more, b);
  const slope = tf.maximum(tf.sub(tf.mul(more, y), tf.mul(b, x)), 0); // (a + 1) − (a + 1 + b) x
  const { at: v, integrate } = nodesOf(slope, tf.mul(sum, tf.mul(x, y)), 'saturating');
  const behind = (values: tf.Tensor) => tf.expandDims(values, last);
  const fall = expMinusLinear(tf.neg(v)); // e⁻ᵛ − 1 + v
  const drop = tf.mul(behind(x), tf.sub(v, fall)); // x (1 − e⁻ᵛ)
  const remainder = tf.sub(1, drop); // (1 − x) / (1 − t)
  const curve = tf.sub(tf.mul(behind(x), fall), tf.mul(tf.onesLike(drop), deviance(remainder, tf.onesLike(remainder))));
  const phi = tf.add(tf.mul(behind(slope), v), tf.mul(behind(sum), curve));
  const scale = tf.mul(x, tf.add(a, b));
  return {
    factor: tf.div(tf.exp(logWeight(a, b, positive(x), positive(y))), a),
    v,
    logRemainder: tf.log(remainder),
    integrate: (weights?: tf.Tensor) =>
      tf.mul(scale, integrate(weights ? tf.mul(tf.exp(tf.neg(phi)), weights) : tf.exp(tf.neg(phi)))),
  };
}

/**
 * log(xᵃ (1 − x)ᵇ / B(a, b)) without the large parts that would cancel: with s = a + b,
 *
 *     −a D(x s, a) − b D((1 − x) s, b) + ½ log(a b / 2πs) − J(a) − J(b) + J(s),   D(u, v) = u / v − 1 − log(u / v)
 */
export function logWeight(a: tf.Tensor, b: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const sum = tf.add(a, b);
  const falls = tf.add(tf.mul(a, deviance(tf.mul(x, sum), a)), tf.mul(b, deviance(tf.mul(y, sum), b)));
  const main = tf.mul(0.5, tf.log(tf.div(tf.mul(a, tf.div(b, sum)), 2 * Math.PI)));
  return tf.add(tf.sub(main, falls), tf.sub(binet(sum), tf.add(binet(a), binet(b))));
}

/** ∂Iₓ / ∂a = ∫₀ˣ p(t) (log t − ψ(a) + ψ(a + b)) dt, and ∂Iₓ / ∂b, in which 1 − t and b stand for t and a. */
export function shapeSlopes(...args: Arguments): [tf.Tensor, tf.Tensor] {
  const { below, side } = chooseSide(...args);
  const [a, b, x, y] = side;
  const { factor, v, logRemainder, integrate } = tail(...side);
  const behind = (values: tf.Tensor) => tf.expandDims(values, a.rank);
  const [logX, logY] = [tf.log(positive(x)), tf.log(positive(y))];
  const [sum, more] = [digamma(tf.add(a, b)), digamma(tf.add(tf.add(a, b), 1))];
  const of = (log: tf.Tensor, own: tf.Tensor, moved: tf.Tensor) => {
    const first = tf.sub(tf.add(log, sum), own);
    const rest = integrate(tf.add(behind(tf.sub(tf.add(log, more), own)), moved));
    return tf.mul(factor, tf.add(first, rest));
  };
  const bySmall = of(logX, digamma(tf.add(a, 1)), tf.neg(tf.add(v, logRemainder)));
  const byLarge = of(logY, digamma(b), tf.neg(logRemainder));
  return [tf.where(below, bySmall, tf.neg(byLarge)), tf.where(below, byLarge, tf.neg(bySmall))];
}
