import * as tf from '@tensorflow/tfjs-core';
import type { Distribution } from '../distribution';
import { Beta } from '../families/beta';
import { Gamma } from '../families/gamma';
import { Laplace } from '../families/laplace';
import { Logistic } from '../families/logistic';
import { MultivariateNormal } from '../families/multivariateNormal';
import { Normal } from '../families/normal';
import { StudentT } from '../families/studentT';
import { Uniform } from '../families/uniform';
import { softplus } from '../logits';
import { digamma } from '../special/digamma';
import { normalCdf } from '../special/normalLaw';

/** Whether the elements of an event are independent, so that its covariance is the diagonal of its variances. */
export const isIndependent = (p: Distribution): boolean =>
  [Normal, Laplace, Logistic, Uniform, Gamma, Beta, StudentT].some((family) => p instanceof family);

/** E|xᵢ − m| of each element, of shape E; undefined where no closed form is known. */
export function meanDistance(p: Distribution, m: tf.Tensor): tf.Tensor | undefined {
  if (p instanceof Laplace) {
    const { mean, scale } = p.parameters;
    const distance = tf.abs(tf.sub(mean, m));
    return tf.add(distance, tf.mul(scale, tf.exp(tf.neg(tf.div(distance, scale)))));
  }
  if (p instanceof Normal) {
    const { mean, std } = p.parameters;
    const z = tf.div(tf.sub(mean, m), std);
    const density = tf.mul(Math.sqrt(2 / Math.PI), tf.exp(tf.mul(-0.5, tf.square(z))));
    return tf.mul(std, tf.add(density, tf.mul(z, tf.sub(tf.mul(2, normalCdf(z)), 1))));
  }
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
  return undefined;
}

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
  return undefined;
}

/** E log(1 − xᵢ) of each element of a beta distribution. */
export function meanLogRest(p: Beta): tf.Tensor {
  const { alpha, beta } = p.parameters;
  return tf.sub(digamma(beta), digamma(tf.add(alpha, beta)));
}

/** [D, D] rows r with Σ r rᵀ = the covariance of an event that is a vector; undefined where it is not known. */
export function covarianceRows(p: Distribution): tf.Tensor | undefined {
  const [D] = p.eventShape;
  if (D === undefined) return undefined;
  if (p instanceof MultivariateNormal) return p.scale.color(tf.eye(D));
  if (!isIndependent(p)) return undefined;
  return tf.mul(tf.eye(D), tf.sqrt(p.variance));
}
