import { randomNormal, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { Factorized } from '../factorized';
import { checkPositive, type Parameter } from '../parameter';
import { normalCdf, normalIcdf } from '../special/normalLaw';

export interface NormalOptions {
  /** μ, broadcasts to E. */
  mean?: Parameter;
  /** σ > 0, the standard deviation, broadcasts to E. */
  std?: Parameter;
  /** E; without it, what `mean` and `std` broadcast to. */
  shape?: number[];
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * The normal (Gaussian) distribution, each element of an event on its own:
 *
 *     log p(x) = −½ ((x − μ) / σ)² − log σ − ½ log 2π,   H = log σ + ½ log 2πe
 *
 * `mean` is μ, `variance` is σ²; a draw is μ + σ ε with ε standard normal.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a number is not finite, a parameter does not broadcast to `shape`, or
 *   `std`, given as numbers, is not positive.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 1, 1994, ch. 13.
 *
 * @example
 * const prior = new Normal({ shape: [28, 28, 1] });
 * const logProb = prior.logProb(prior.sample(64, { seed: 7 })); // [64]
 */
export class Normal extends Factorized<'mean' | 'std'> {
  constructor({ mean = 0, std = 1, shape }: NormalOptions = {}) {
    checkPositive('Normal', 'std', std);
    super('Normal', { mean, std }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]: Φ((x − μ) / σ). */
  cdf(x: tf.Tensor): tf.Tensor {
    const { mean, std } = this.parameters;
    return this.elementwise('cdf', x, (points) => normalCdf(tf.div(tf.sub(points, mean), std)));
  }

  /** The x of each element with P(X ≤ x) = p, shape [batch, ...E]. */
  icdf(p: tf.Tensor): tf.Tensor {
    const { mean, std } = this.parameters;
    return this.elementwise('icdf', p, (shares) => tf.add(mean, tf.mul(std, normalIcdf(shares))));
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const { mean, std } = this.parameters;
    return tf.add(mean, tf.mul(std, randomNormal(shape, { seed })));
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    const { mean, std } = this.parameters;
    const z = tf.div(tf.sub(x, mean), std);
    return tf.sub(tf.mul(-0.5, tf.square(z)), tf.add(tf.log(std), HALF_LOG_TWO_PI));
  }

  protected override elementEntropy(): tf.Tensor {
    return tf.add(tf.log(this.parameters.std), HALF_LOG_TWO_PI + 0.5);
  }

  protected override elementMean(): tf.Tensor {
    return this.parameters.mean;
  }

  protected override elementVariance(): tf.Tensor {
    return tf.square(this.parameters.std);
  }
}
