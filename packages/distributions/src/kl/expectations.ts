import * as tf from '@tensorflow/tfjs-core';
import type { Distribution } from '../distribution';
import { Beta } from '../families/beta';
import { Gamma } from '../families/gamma';
import { Laplace } from '../families/laplace';
import { Logistic } from '../families/logistic';
import { MultivariateNormal } from '../families/multivariateNormal';
import { Normal } from '../families/normal';
import { StudentT, standardLogProb } from '../families/studentT';
import { Uniform } from '../families/uniform';
import { BELOW_ONE } from '../limits';
import { softplus } from '../logits';
import { log1p } from '../special/differences';
import { digamma } from '../special/digamma';
import { betainc } from '../special/incompleteBeta';
import { igamma } from '../special/incompleteGamma';
import { normalCdf } from '../special/normalLaw';
import { TabulatedDensity } from '../tabulated/tabulatedDensity';

/** Whether the elements of an event are independent, so that its covariance is the diagonal of its variances. */
export const isIndependent = (p: Distribution): boolean =>
  [Normal, Laplace, Logistic, Uniform, Gamma, Beta, StudentT, TabulatedDensity].some((family) => p instanceof family);

/** E|xᵢ − m| of each element, of shape E; undefined where no closed form is known. */
export function meanDistance(p: Distribution, m: tf.Tensor): tf.Tensor | undefined {
  if (p instanceof Laplace) {
    const { mean, scale } = p.parameters;
    const distance = tf.abs(tf.sub(mean, m));
    return tf.add(distance, tf.mul(scale, tf.exp(tf.neg(tf.div(distance, scale)))));
  }
  if (p instanceof Normal) return normalDistance(p.parameters.mean, p.parameters.std, m);
  if (p instanceof MultivariateNormal) return normalDistance(p.mean, tf.sqrt(p.variance), m);
  if (p instanceof Logistic) {
    // 2 s log(2 cosh(½ z)) = s (z + 2 log(1 + exp(−z)))
    const { mean, scale } = p.parameters;
    const z = tf.div(tf.sub(mean, m), scale);
    return tf.mul(scale, tf.add(z, tf.mul(2, softplus(tf.neg(z)))));
  }
  if (p instanceof Uniform) {
    const { low, high } = p.parameters;
    // Where m is outside of the box, the signed squares leave just the distance to its middle.
    const squares = tf.add(signedSquare(tf.sub(high, m)), signedSquare(tf.sub(m, low)));
    return tf.div(squares, tf.mul(2, tf.sub(high, low)));
  }
  // Below: m (2 F(m) − 1) + E x − 2 ∫ x p(x) dx up to m, where x p(x) is again a law of the family, or has an integral.
  if (p instanceof Gamma) {
    const { concentration, rate } = p.parameters;
    const at = tf.mul(rate, tf.maximum(m, 0));
    return distanceFrom(m, p.mean, igamma(concentration, at), igamma(tf.add(concentration, 1), at));
  }
  if (p instanceof Beta) {
    const { alpha, beta } = p.parameters;
    const at = tf.clipByValue(m, 0, 1);
    return distanceFrom(m, p.mean, betainc(alpha, beta, at), betainc(tf.add(alpha, 1), beta, at));
  }
  if (p instanceof StudentT) {
    const { df, mean, scale } = p.parameters;
    const z = tf.div(tf.sub(m, mean), scale);
    const below = tf.squeeze(p.cdf(tf.add(m, tf.zeros([1, ...p.eventShape]))), [0]);
    const beyond = tf.div(tf.add(df, tf.square(z)), tf.sub(df, 1)); // ∫ t p(t) dt from z on, beside p(z)
    const tail = tf.mul(tf.mul(2, beyond), tf.exp(standardLogProb(z, df)));
    return tf.mul(scale, tf.add(tf.mul(z, tf.sub(tf.mul(2, below), 1)), tail));
  }
  return undefined;
}

/** E|x − m| under N(mean, std²), element by element. */
function normalDistance(mean: tf.Tensor, std: tf.Tensor, m: tf.Tensor): tf.Tensor {
  const z = tf.div(tf.sub(mean, m), std);
  const density = tf.mul(Math.sqrt(2 / Math.PI), tf.exp(tf.mul(-0.5, tf.square(z))));
  return tf.mul(std, tf.add(density, tf.mul(z, tf.sub(tf.mul(2, normalCdf(z)), 1))));
}

/** E|x − m| of x ≥ 0 from P(x ≤ m) and the share of the mean that comes from there. */
const distanceFrom = (m: tf.Tensor, mean: tf.Tensor, below: tf.Tensor, share: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(m, tf.sub(tf.mul(2, below), 1)), tf.mul(mean, tf.sub(1, tf.mul(2, share))));

const signedSquare = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.abs(x));

/** E log xᵢ of each element; undefined where no closed form is known, or x may be negative. */
export function meanLog(p: Distribution): tf.Tensor | undefined {
  if (p instanceof Gamma) {
    const { concentration, rate } = p.parameters;
    return tf.sub(digamma(concentration), tf.log(rate));
  }
  if (p instanceof Beta) {
    const { alpha, beta } = p.parameters;
    return tf.sub(digamma(alpha), digamma(tf.add(alpha, beta)));
  }
  if (p instanceof Uniform) return uniformMeanLog(p.parameters.low, p.parameters.high);
  return undefined;
}

/** E log(1 − xᵢ) of each element; undefined where no closed form is known, or x may be above 1. */
export function meanLogRest(p: Distribution): tf.Tensor | undefined {
  if (p instanceof Beta) {
    const { alpha, beta } = p.parameters;
    return tf.sub(digamma(beta), digamma(tf.add(alpha, beta)));
  }
  if (p instanceof Uniform) return uniformMeanLog(tf.sub(1, p.parameters.high), tf.sub(1, p.parameters.low));
  return undefined;
}

/**
 * E log x between two ends, what is below 0 taken for 0: with the middle m and r = half the width / m,
 *
 *     log m + ((1 + r) log(1 + r) − (1 − r) log(1 − r)) / 2r − 1
 */
function uniformMeanLog(low: tf.Tensor, high: tf.Tensor): tf.Tensor {
  const from = tf.maximum(low, 0);
  const middle = tf.mul(0.5, tf.add(from, high));
  const r = tf.div(tf.mul(0.5, tf.sub(high, from)), middle);
  const inner = tf.neg(tf.minimum(r, BELOW_ONE));
  const rise = tf.sub(tf.mul(tf.add(1, r), log1p(r)), tf.mul(tf.sub(1, r), log1p(inner)));
  return tf.sub(tf.add(tf.log(middle), tf.div(rise, tf.mul(2, r))), 1);
}

/** [D, D] rows r with Σ r rᵀ = the covariance of an event that is a vector; undefined where it is not known. */
export function covarianceRows(p: Distribution): tf.Tensor | undefined {
  const [D] = p.eventShape;
  if (D === undefined) return undefined;
  if (p instanceof MultivariateNormal) return p.scale.color(tf.eye(D));
  if (!isIndependent(p)) return undefined;
  return tf.mul(tf.eye(D), tf.sqrt(p.variance));
}
