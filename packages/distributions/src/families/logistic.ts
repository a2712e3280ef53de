import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { Factorized } from '../factorized';
import { checkPositive, type Parameter } from '../parameter';

export interface LogisticOptions {
  /** μ, the location, broadcasts to E. */
  mean?: Parameter;
  /** s > 0, broadcasts to E; the standard deviation is s π / √3. */
  scale?: Parameter;
  /** E; without it, what `mean` and `scale` broadcast to. */
  shape?: number[];
}

/** Uniform numbers are multiples of 2⁻²⁴: kept one step from 0 and 1, so that draws stay within μ ± 16.7 s. */
const STEP = 2 ** -24;

/**
 * The logistic distribution, each element of an event on its own, with z = (x − μ) / s:
 *
 *     log p(x) = −|z| − 2 log(1 + exp(−|z|)) − log s,   H = log s + 2
 *
 * The density is symmetric, and with |z| nothing overflows, neither in the value nor in the gradient. `mean` is μ,
 * `variance` is s² π² / 3; a draw is the inverse CDF μ + s log(u / (1 − u)) with u uniform.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a number is not finite, a parameter does not broadcast to `shape`, or
 *   `scale`, given as numbers, is not positive.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 2, 1995, ch. 23.
 *
 * @example
 * const prior = new Logistic({ shape: [2] });
 * const logProb = prior.logProb(prior.sample(64, { seed: 7 })); // [64]
 */
export class Logistic extends Factorized<'mean' | 'scale'> {
  constructor({ mean = 0, scale = 1, shape }: LogisticOptions = {}) {
    checkPositive('Logistic', 'scale', scale);
    super('Logistic', { mean, scale }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]: 1 / (1 + exp(−z)). */
  cdf(x: tf.Tensor): tf.Tensor {
    const { mean, scale } = this.parameters;
    return this.elementwise('cdf', x, (points) => tf.sigmoid(tf.div(tf.sub(points, mean), scale)));
  }

  /** The x of each element with P(X ≤ x) = p, shape [batch, ...E]: μ + s log(p / (1 − p)). */
  icdf(p: tf.Tensor): tf.Tensor {
    const { mean, scale } = this.parameters;
    return this.elementwise('icdf', p, (shares) =>
      tf.add(mean, tf.mul(scale, tf.log(tf.div(shares, tf.sub(1, shares))))),
    );
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const { mean, scale } = this.parameters;
    const u = tf.clipByValue(randomUniform(shape, { seed }), STEP, 1 - STEP);
    return tf.add(mean, tf.mul(scale, tf.log(tf.div(u, tf.sub(1, u)))));
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    const { mean, scale } = this.parameters;
    const distance = tf.abs(tf.div(tf.sub(x, mean), scale));
    const normalizer = tf.mul(2, tf.log1p(tf.exp(tf.neg(distance))));
    return tf.neg(tf.add(tf.add(distance, normalizer), tf.log(scale)));
  }

  protected override elementEntropy(): tf.Tensor {
    return tf.add(tf.log(this.parameters.scale), 2);
  }

  protected override elementMean(): tf.Tensor {
    return this.parameters.mean;
  }

  protected override elementVariance(): tf.Tensor {
    return tf.mul(Math.PI ** 2 / 3, tf.square(this.parameters.scale));
  }
}
