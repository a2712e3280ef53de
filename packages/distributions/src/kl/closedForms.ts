import * as tf from '@tensorflow/tfjs-core';
import type { Distribution } from '../distribution';
import { Bernoulli } from '../families/bernoulli';
import { Beta } from '../families/beta';
import { Categorical } from '../families/categorical';
import { Dirichlet } from '../families/dirichlet';
import { Gamma } from '../families/gamma';
import { Laplace } from '../families/laplace';
import { Logistic } from '../families/logistic';
import { MultivariateNormal } from '../families/multivariateNormal';
import { Normal } from '../families/normal';
import { StudentT } from '../families/studentT';
import { TransformedDistribution } from '../families/transformed';
import { Uniform } from '../families/uniform';
import { withoutGradient } from '../gradients';
import { IMPOSSIBLE } from '../limits';
import { softplus } from '../logits';
import { digamma } from '../special/digamma';
import { lgamma } from '../special/lgamma';
import { logBeta } from '../special/logBeta';
import { covarianceRows, isIndependent, meanDistance, meanLog, meanLogRest } from './expectations';

type Closed = tf.Tensor | undefined;

/** A family q, and KL(p ‖ q) for the p that have a closed form against it. */
export interface KlRule {
  q: abstract new (...args: never[]) => Distribution;
  divergence(p: Distribution, q: Distribution, inner: (p: Distribution, q: Distribution) => Closed): Closed;
}

/** Made of a rule for one class, so that its body sees that class. */
const rule = <Q extends Distribution>(
  q: abstract new (...args: never[]) => Q,
  divergence: (p: Distribution, q: Q, inner: (p: Distribution, q: Distribution) => Closed) => Closed,
): KlRule => ({ q, divergence: divergence as KlRule['divergence'] });

/** Adds up over the elements of an event of q's shape. */
const total = (elements: tf.Tensor, q: Distribution): tf.Tensor => tf.sum(tf.add(elements, tf.zeros(q.eventShape)));

/** −H(p) − E log q, where E log q is known. */
const cross = (p: Distribution, expected: Closed): Closed => expected && tf.neg(tf.add(p.entropy(), expected));

const unbounded = [Normal, MultivariateNormal, Laplace, Logistic, StudentT];
const isUnbounded = (p: Distribution): boolean => unbounded.some((family) => p instanceof family);

/** ∞ where a condition, of shape E, holds for an element. */
const infiniteWhere = (condition: () => tf.Tensor, otherwise: tf.Tensor): tf.Tensor =>
  tf.where(
    withoutGradient(() => tf.any(condition())),
    Infinity,
    otherwise,
  );

/** ∞ for a Student's t law without the moment that is asked for: of order 1 for df ≤ 1, of order 2 for df ≤ 2. */
const needsMoment = (p: Distribution, order: 1 | 2, otherwise: Closed): Closed =>
  otherwise && p instanceof StudentT ? infiniteWhere(() => tf.lessEqual(p.parameters.df, order), otherwise) : otherwise;

/** ∞ for a uniform law that goes beyond the ends of q's support. */
const withinEnds = (p: Distribution, low: number, high: number, otherwise: Closed): Closed =>
  otherwise && p instanceof Uniform
    ? infiniteWhere(() => tf.logicalOr(tf.less(p.parameters.low, low), tf.greater(p.parameters.high, high)), otherwise)
    : otherwise;

/** Every rule; a family of p is looked at inside. */
export const klRules = (): readonly KlRule[] => [
  rule(Normal, (p, q) => {
    if (!isIndependent(p) && !(p instanceof MultivariateNormal)) return undefined;
    const { mean, std } = q.parameters;
    const apart = tf.square(tf.div(tf.sub(p.mean, mean), std));
    if (p instanceof Normal) {
      // ½ (r − 1 − log r + d²) with r the quotient of the variances: no entropies that cancel.
      const ratio = tf.square(tf.div(p.parameters.std, std));
      return tf.mul(0.5, total(tf.add(tf.sub(tf.sub(ratio, 1), tf.log(ratio)), apart), q));
    }
    const spread = tf.add(tf.div(p.variance, tf.square(std)), apart);
    const logs = tf.add(tf.log(std), 0.5 * Math.log(2 * Math.PI));
    return needsMoment(p, 2, cross(p, tf.neg(total(tf.add(tf.mul(0.5, spread), logs), q))));
  }),
  rule(MultivariateNormal, (p, q) => {
    const rows = covarianceRows(p);
    if (!rows) return undefined;
    const [D] = q.eventShape;
    const apart = q.scale.whiten(tf.reshape(tf.sub(p.mean, q.location), [1, D]));
    const squares = tf.add(tf.sum(tf.square(q.scale.whiten(rows))), tf.sum(tf.square(apart)));
    const expected = tf.add(tf.mul(0.5, squares), tf.add(q.scale.logDeterminant(), 0.5 * D * Math.log(2 * Math.PI)));
    return needsMoment(p, 2, cross(p, tf.neg(expected)));
  }),
  rule(Laplace, (p, q) => {
    const { mean, scale } = q.parameters;
    const distance = meanDistance(p, mean);
    const expected = distance && tf.neg(total(tf.add(tf.div(distance, scale), tf.log(tf.mul(2, scale))), q));
    return needsMoment(p, 1, cross(p, expected));
  }),
  rule(Gamma, (p, q) => {
    if (isUnbounded(p)) return tf.scalar(Infinity);
    const logs = meanLog(p);
    if (!logs) return undefined;
    const { concentration, rate } = q.parameters;
    const main = tf.sub(tf.mul(concentration, tf.log(rate)), lgamma(concentration));
    const slopes = tf.sub(tf.mul(tf.sub(concentration, 1), logs), tf.mul(rate, p.mean));
    return withinEnds(p, 0, Infinity, cross(p, total(tf.add(main, slopes), q)));
  }),
  rule(Beta, (p, q) => {
    if (isUnbounded(p) || p instanceof Gamma) return tf.scalar(Infinity);
    const [logs, rests] = [meanLog(p), meanLogRest(p)];
    if (!logs || !rests) return undefined;
    const { alpha, beta } = q.parameters;
    const [lower, upper] = [tf.mul(tf.sub(alpha, 1), logs), tf.mul(tf.sub(beta, 1), rests)];
    return withinEnds(p, 0, 1, cross(p, total(tf.sub(tf.add(lower, upper), logBeta(alpha, beta)), q)));
  }),
  rule(Uniform, (p, q) => {
    if (isUnbounded(p) || p instanceof Gamma) return tf.scalar(Infinity);
    const { low, high } = q.parameters;
    const logs = cross(p, tf.neg(total(tf.log(tf.sub(high, low)), q)));
    if (p instanceof Beta)
      return infiniteWhere(() => tf.logicalOr(tf.greater(low, 0), tf.less(high, 1)), logs as tf.Tensor);
    if (!(p instanceof Uniform)) return undefined;
    const ends = p.parameters;
    return infiniteWhere(() => tf.logicalOr(tf.less(ends.low, low), tf.greater(ends.high, high)), logs as tf.Tensor);
  }),
  rule(Dirichlet, (p, q) => {
    if (!(p instanceof Dirichlet)) return undefined;
    const logs = tf.sub(digamma(p.concentration), digamma(tf.sum(p.concentration)));
    const main = tf.sub(lgamma(tf.sum(q.concentration)), tf.sum(lgamma(q.concentration)));
    return cross(p, tf.add(main, tf.sum(tf.mul(tf.sub(q.concentration, 1), logs))));
  }),
  rule(Bernoulli, (p, q) => {
    if (!(p instanceof Bernoulli)) return undefined;
    // Σ p (lₚ − l_q) + log(1 + exp(l_q)) − log(1 + exp(lₚ))
    const rise = tf.sub(softplus(q.logits), softplus(p.logits));
    return total(tf.add(tf.mul(p.mean, tf.sub(p.logits, q.logits)), rise), q);
  }),
  rule(Categorical, (p, q) => {
    if (!(p instanceof Categorical) || String(p.probs.shape) !== String(q.probs.shape)) return undefined;
    const { probs } = p;
    const logs = q.logProbs;
    const divergence = tf.sum(tf.mul(probs, tf.sub(p.logProbs, logs)));
    return infiniteWhere(() => tf.logicalAnd(tf.greater(probs, 0), tf.less(logs, IMPOSSIBLE)), divergence);
  }),
  rule(TransformedDistribution, (p, q, inner) => {
    // One map for both changes no divergence.
    const same = p instanceof TransformedDistribution && p.bijector === q.bijector;
    return same ? inner(p.base, q.base) : undefined;
  }),
];
