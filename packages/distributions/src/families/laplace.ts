import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { Factorized } from '../factorized';
import { withoutGradient } from '../gradients';
import { checkPositive, type Parameter } from '../parameter';

export interface LaplaceOptions {
  /** μ, broadcasts to E. */
  mean?: Parameter;
  /** b > 0, broadcasts to E; the standard deviation is b √2. */
  scale?: Parameter;
  /** E; without it, what `mean` and `scale` broadcast to. */
  shape?: number[];
}

/** Half the spacing of uniform numbers: with it they lie evenly about ½, and none is 0. */
const HALF_STEP = 2 ** -25;

/**
 * The Laplace distribution, each element of an event on its own, with z = (x − μ) / b:
 *
 *     log p(x) = −|z| − log 2b,   H = 1 + log 2b
 *
 * `mean` is μ, `variance` is 2 b²; a draw is the inverse CDF μ − b sign(u − ½) log(1 − 2 |u − ½|) with u uniform.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a number is not finite, a parameter does not broadcast to `shape`, or
 *   `scale`, given as numbers, is not positive.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 2, 1995, ch. 24.
 *
 * @example
 * const sparse = new Laplace({ scale: 0.1, shape: [2] });
 * const logProb = sparse.logProb(sparse.sample(64, { seed: 7 })); // [64]
 */
export class Laplace extends Factorized<'mean' | 'scale'> {
  constructor({ mean = 0, scale = 1, shape }: LaplaceOptions = {}) {
    checkPositive('Laplace', 'scale', scale);
    super('Laplace', { mean, scale }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]. */
  cdf(x: tf.Tensor): tf.Tensor {
    return this.elementwise('cdf', x, (points) => {
      const z = this.standard(points);
      const below = tf.mul(0.5, tf.exp(tf.minimum(z, 0)));
      const above = tf.mul(0.5, tf.exp(tf.minimum(tf.neg(z), 0)));
      return tf.add(below, tf.sub(0.5, above)); // one of them is ½
    });
  }

  /** The x of each element with P(X ≤ x) = p, shape [batch, ...E]. */
  icdf(p: tf.Tensor): tf.Tensor {
    return this.elementwise('icdf', p, (shares) => {
      // From the nearer end: p − ½ would lose the digits of a small p.
      const isBelow = withoutGradient((at) => tf.less(at, 0.5), shares);
      const end = tf.where(isBelow, shares, tf.sub(1, shares));
      return this.away(tf.where(isBelow, tf.onesLike(shares), tf.fill(shares.shape, -1)), tf.log(tf.mul(2, end)));
    });
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const fromHalf = tf.add(randomUniform(shape, { seed, low: -0.5, high: 0.5 }), HALF_STEP);
    return this.away(tf.neg(tf.sign(fromHalf)), tf.log(tf.sub(1, tf.mul(2, tf.abs(fromHalf)))));
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    return tf.neg(tf.add(tf.abs(this.standard(x)), tf.log(tf.mul(2, this.parameters.scale))));
  }

  protected override elementEntropy(): tf.Tensor {
    return tf.add(tf.log(tf.mul(2, this.parameters.scale)), 1);
  }

  protected override elementMean(): tf.Tensor {
    return this.parameters.mean;
  }

  protected override elementVariance(): tf.Tensor {
    return tf.mul(2, tf.square(this.parameters.scale));
  }

  private standard(x: tf.Tensor): tf.Tensor {
    return tf.div(tf.sub(x, this.parameters.mean), this.parameters.scale);
  }

  /** μ + b · side · log of twice the probability beyond, which is negative. */
  private away(side: tf.Tensor, logTail: tf.Tensor): tf.Tensor {
    const { mean, scale } = this.parameters;
    return tf.add(mean, tf.mul(scale, tf.mul(side, logTail)));
  }
}
