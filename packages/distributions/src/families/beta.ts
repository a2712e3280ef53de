import { deriveSeed, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { logGammaDraws } from '../draws/logGammaDraws';
import { Factorized } from '../factorized';
import { broadcastTogether } from '../gradients';
import { BELOW_ONE, TINY } from '../limits';
import { checkPositive, type Parameter } from '../parameter';
import { binet } from '../special/binet';
import { digammaMinusLog } from '../special/digamma';
import { betainc, logWeight } from '../special/incompleteBeta';

export interface BetaOptions {
  /** α > 0, broadcasts to E. */
  alpha?: Parameter;
  /** β > 0, broadcasts to E. */
  beta?: Parameter;
  /** E; without it, what `alpha` and `beta` broadcast to. */
  shape?: number[];
}

/**
 * The beta distribution on 0 < x < 1, each element of an event on its own:
 *
 *     log p(x) = (α − 1) log x + (β − 1) log(1 − x) − log B(α, β)
 *     H = log B(α, β) − (α − 1) ψ(α) − (β − 1) ψ(β) + (α + β − 2) ψ(α + β)
 *
 * They are computed without the parts that cancel: α and β may be 1e5. `mean` is α / (α + β), `variance` is
 * α β / ((α + β)² (α + β + 1)). A draw is G / (G + G′) of two gamma draws; gradients flow through it to both
 * parameters. Draws stay at least 2⁻¹²⁶ from 0 and 2⁻²⁴ from 1; where the density has a pole at an end, it is taken
 * there.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a parameter, given as numbers, is not positive, or does not broadcast to `shape`.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 2, 1995, ch. 25.
 *
 * @example
 * const share = new Beta({ alpha: 2, beta: 5 });
 * const logProb = share.logProb(share.sample(64, { seed: 7 })); // [64]
 */
export class Beta extends Factorized<'alpha' | 'beta'> {
  constructor({ alpha = 1, beta = 1, shape }: BetaOptions = {}) {
    checkPositive('Beta', 'alpha', alpha);
    checkPositive('Beta', 'beta', beta);
    super('Beta', { alpha, beta }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]. */
  cdf(x: tf.Tensor): tf.Tensor {
    const { alpha, beta } = this.parameters;
    return this.elementwise('cdf', x, (points) => betainc(alpha, beta, tf.clipByValue(points, 0, 1)));
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const { alpha, beta } = this.parameters;
    const [first, second] = [alpha, beta].map((a, i) => logGammaDraws(a, shape, deriveSeed(seed, i)));
    const share = tf.sigmoid(tf.sub(first as tf.Tensor, second as tf.Tensor));
    return tf.clipByValue(share, TINY, BELOW_ONE);
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    const inside = tf.clipByValue(x, TINY, BELOW_ONE);
    const { alpha, beta } = this.parameters;
    const [a, b, share] = broadcastTogether(alpha, beta, inside);
    const rest = tf.sub(1, share);
    return tf.sub(logWeight(a, b, share, rest), tf.add(tf.log(share), tf.log(rest)));
  }

  protected override outside(x: tf.Tensor): tf.Tensor {
    const { alpha, beta } = this.parameters;
    const atZero = tf.logicalAnd(tf.equal(x, 0), tf.greater(alpha, 1));
    const atOne = tf.logicalAnd(tf.equal(x, 1), tf.greater(beta, 1));
    const beyond = tf.logicalOr(tf.less(x, 0), tf.greater(x, 1));
    return tf.logicalOr(beyond, tf.logicalOr(atZero, atOne));
  }

  protected override elementEntropy(): tf.Tensor {
    const { alpha, beta } = this.parameters;
    const sum = tf.add(alpha, beta);
    const share = tf.div(tf.mul(tf.div(alpha, sum), tf.div(beta, sum)), sum);
    const main = tf.add(tf.mul(0.5, tf.log(tf.mul(2 * Math.PI, share))), remainder(alpha, 1));
    return tf.sub(tf.add(main, remainder(beta, 1)), remainder(sum, 2));
  }

  protected override elementMean(): tf.Tensor {
    const { alpha, beta } = this.parameters;
    return tf.div(alpha, tf.add(alpha, beta));
  }

  protected override elementVariance(): tf.Tensor {
    const { alpha, beta } = this.parameters;
    const sum = tf.add(alpha, beta);
    return tf.div(tf.mul(tf.div(alpha, sum), tf.div(beta, sum)), tf.add(sum, 1));
  }
}

/** J(a) − (a − k) (ψ(a) − log a). */
function remainder(a: tf.Tensor, k: number): tf.Tensor {
  return tf.sub(binet(a), tf.mul(tf.sub(a, k), digammaMinusLog(a)));
}
