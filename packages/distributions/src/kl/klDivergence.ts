import { deriveSeed, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments';
import type { Distribution } from '../distribution';
import { klRules } from './closedForms';

/** A divergence in nats, and how far to trust it. */
export interface KlDivergence {
  /** Differentiable in the parameters of both. */
  value: tf.Scalar;
  /** Of the value: 0 where it is exact. */
  standardError: tf.Scalar;
  /** Whether the value is a closed form. */
  exact: boolean;
}

/**
 * The Kullback–Leibler divergence of q from p, in nats:
 *
 *     KL(p ‖ q) = E_p[log p(x) − log q(x)]
 *
 * In closed form for p and q of one of the families Normal, MultivariateNormal, Laplace, Gamma, Beta, Uniform, Dirichlet,
 * Bernoulli, Categorical; for any p of independent elements and MultivariateNormal against Normal, MultivariateNormal
 * and Laplace (a TabulatedDensity but for Laplace); for Beta and Uniform against Gamma, Beta and Uniform; and for two
 * transformed distributions with one bijector whose bases have one. It is ∞ where q is 0 on a part of p's support, and
 * where p lacks the moment that it takes. Otherwise it is the average over draws of p, whose
 * standard error is told.
 *
 * @param p - the distribution that is averaged over.
 * @param q - of the same event shape.
 * @param options.samples - how many draws an estimate averages.
 * @param options.seed - of these draws, an integer in [0, 2⁵³) or one on the device.
 * @returns tensors of the caller's.
 * @throws RangeError when the event shapes differ, or `samples` is not a positive integer.
 *
 * Reference: Kullback, Leibler, "On information and sufficiency", 1951.
 *
 * @example
 * const { value } = klDivergence(new Normal({ mean: 1 }), new Normal()); // ½
 */
export function klDivergence(
  p: Distribution,
  q: Distribution,
  { samples = 10_000, seed = 0 }: { samples?: number; seed?: Seed } = {},
): KlDivergence {
  if (String(p.eventShape) !== String(q.eventShape)) {
    throw new RangeError(
      `klDivergence: p and q must have one event shape, got [${p.eventShape}] and [${q.eventShape}]`,
    );
  }
  checkCount('klDivergence', 'samples', samples);
  const closed = tf.tidy(() => closedForm(p, q) ?? []);
  if (closed instanceof tf.Tensor) return { value: closed as tf.Scalar, standardError: tf.scalar(0), exact: true };
  return { ...estimate(p, q, samples, seed), exact: false };
}

function closedForm(p: Distribution, q: Distribution): tf.Tensor | undefined {
  return klRules()
    .find(({ q: family }) => q instanceof family)
    ?.divergence(p, q, closedForm);
}

function estimate(p: Distribution, q: Distribution, samples: number, seed: Seed) {
  return tf.tidy(() => {
    const x = p.sample(samples, { seed: deriveSeed(seed, 0) });
    const { mean, variance } = tf.moments(tf.sub(p.logProb(x), q.logProb(x)));
    return { value: mean as tf.Scalar, standardError: tf.sqrt(tf.div(variance, samples)) as tf.Scalar };
  });
}
