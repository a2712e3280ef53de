import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { logGammaDraws } from '../draws/logGammaDraws';
import { Factorized } from '../factorized';
import { TINY } from '../limits';
import { checkPositive, type Parameter } from '../parameter';
import { binet } from '../special/binet';
import { digammaMinusLog } from '../special/digamma';
import { igamma, logWeight } from '../special/incompleteGamma';

export interface GammaOptions {
  /** α > 0, broadcasts to E. */
  concentration?: Parameter;
  /** β > 0, one over the scale, broadcasts to E. */
  rate?: Parameter;
  /** E; without it, what `concentration` and `rate` broadcast to. */
  shape?: number[];
}

/** Beyond it there is no law left, and quotients are still finite. */
const LARGEST = 1e30;

/**
 * The gamma distribution on x > 0, each element of an event on its own:
 *
 *     log p(x) = α log β − log Γ(α) + (α − 1) log x − β x
 *     H = α − log β + log Γ(α) + (1 − α) ψ(α)
 *
 * They are computed without the parts of the order of α log α, which cancel: α may be 1e6. `mean` is α / β, `variance`
 * is α / β²; a concentration of 1 is the exponential distribution, one of k / 2 with rate ½ is χ² with k degrees of
 * freedom. Draws are those of Marsaglia and Tsang; gradients flow through them to both parameters, to the concentration
 * by implicit reparameterisation. Below 2⁻¹²⁶ float32 has no room: such draws are 2⁻¹²⁶, and the density of a pole at 0
 * is that of 2⁻¹²⁶.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a parameter, given as numbers, is not positive, or does not broadcast to `shape`.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 1, 1994, ch. 17.
 *
 * @example
 * const waits = new Gamma({ concentration: 3, rate: 0.5 });
 * const logProb = waits.logProb(waits.sample(64, { seed: 7 })); // [64]
 */
export class Gamma extends Factorized<'concentration' | 'rate'> {
  constructor({ concentration = 1, rate = 1, shape }: GammaOptions = {}) {
    checkPositive('Gamma', 'concentration', concentration);
    checkPositive('Gamma', 'rate', rate);
    super('Gamma', { concentration, rate }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]. */
  cdf(x: tf.Tensor): tf.Tensor {
    const { concentration, rate } = this.parameters;
    return this.elementwise('cdf', x, (points) =>
      igamma(concentration, tf.clipByValue(tf.mul(rate, points), 0, LARGEST)),
    );
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const { concentration, rate } = this.parameters;
    const logX = tf.sub(logGammaDraws(concentration, shape, seed), tf.log(rate));
    return tf.maximum(tf.exp(logX), TINY);
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    const { concentration, rate } = this.parameters;
    const positive = tf.maximum(x, TINY);
    const a = tf.add(concentration, tf.zerosLike(x));
    return tf.sub(logWeight(a, tf.maximum(tf.mul(rate, positive), TINY)), tf.log(positive));
  }

  protected override outside(x: tf.Tensor): tf.Tensor {
    const end = tf.logicalAnd(tf.equal(x, 0), tf.greater(this.parameters.concentration, 1));
    return tf.logicalOr(tf.less(x, 0), end);
  }

  protected override elementEntropy(): tf.Tensor {
    const { concentration, rate } = this.parameters;
    const main = tf.add(tf.mul(0.5, tf.log(tf.mul(2 * Math.PI, concentration))), binet(concentration));
    const slope = tf.mul(tf.sub(1, concentration), digammaMinusLog(concentration));
    return tf.sub(tf.add(main, slope), tf.log(rate));
  }

  protected override elementMean(): tf.Tensor {
    return tf.div(this.parameters.concentration, this.parameters.rate);
  }

  protected override elementVariance(): tf.Tensor {
    return tf.div(this.parameters.concentration, tf.square(this.parameters.rate));
  }
}
