import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import type { Distribution } from '../distribution';
import { logGammaDraws } from '../draws/logGammaDraws';
import { withoutGradient } from '../gradients';
import { TINY } from '../limits';
import { checkPositive, eventShapeOf, type Parameter, toTensor } from '../parameter';
import { binet } from '../special/binet';
import { digammaMinusLog } from '../special/digamma';
import { logProbWithin } from '../support';

/** How far from 1 the elements of a point may sum to. */
const SUM_TOLERANCE = 1e-3;

export interface DirichletOptions {
  /** α, positive, [K] with K at least 2. */
  concentration: Parameter;
}

/**
 * The Dirichlet distribution of K shares x that sum to 1; an event is a vector, E = [K]. With s = Σ αₖ:
 *
 *     log p(x) = Σₖ (αₖ − 1) log xₖ − Σₖ log Γ(αₖ) + log Γ(s)
 *     H = Σₖ log Γ(αₖ) − log Γ(s) + (s − K) ψ(s) − Σₖ (αₖ − 1) ψ(αₖ)
 *
 * It is a density over K − 1 of the shares; outside of the simplex (a share is negative, or they do not sum to 1 within
 * 1e-3) it is −∞. `mean` is α / s, `variance` is mₖ (1 − mₖ) / (s + 1). A draw is the shares of K gamma draws; gradients
 * flow through it to α. No share is drawn below 2⁻¹²⁶.
 *
 * @throws TypeError when `concentration` is neither numbers nor a float32 tensor.
 * @throws RangeError when it is not [K] with K at least 2, or, given as numbers, not positive.
 *
 * Reference: Kotz, Balakrishnan, Johnson, "Continuous Multivariate Distributions", vol. 1, 2000, ch. 49.
 *
 * @example
 * const topics = new Dirichlet({ concentration: [0.5, 0.5, 2] });
 * const logProb = topics.logProb(topics.sample(64, { seed: 7 })); // [64]
 */
export class Dirichlet implements Distribution {
  readonly eventShape: [number];
  /** α, [K]; a tensor of the distribution or of who made it. */
  readonly concentration: tf.Tensor;
  private readonly made: tf.Tensor[] = [];

  constructor({ concentration }: DirichletOptions) {
    checkPositive('Dirichlet', 'concentration', concentration);
    const [K, ...more] = eventShapeOf('Dirichlet', { concentration });
    if (K === undefined || K < 2 || more.length > 0) {
      const shape = eventShapeOf('Dirichlet', { concentration });
      throw new RangeError(`Dirichlet: concentration must be [K] with K at least 2, got [${shape}]`);
    }
    this.eventShape = [K];
    this.concentration = toTensor(concentration, this.made);
  }

  get mean(): tf.Tensor {
    return tf.tidy(() => tf.div(this.concentration, tf.sum(this.concentration)));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => {
      const { mean } = this;
      return tf.div(tf.mul(mean, tf.sub(1, mean)), tf.add(tf.sum(this.concentration), 1));
    });
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor2D {
    checkCount('Dirichlet.sample', 'n', n);
    return tf.tidy(() => {
      const logs = logGammaDraws(this.concentration, [n, ...this.eventShape], seed);
      return tf.maximum(tf.softmax(logs), TINY);
    });
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints('Dirichlet.logProb', x, this.eventShape);
    return tf.tidy(() => {
      const logs = tf.log(tf.maximum(x, TINY));
      const total = tf.sub(tf.sum(tf.mul(tf.sub(this.concentration, 1), logs), 1), this.logNormalizer());
      const impossible = withoutGradient((points) => {
        const end = tf.logicalAnd(tf.equal(points, 0), tf.greater(this.concentration, 1));
        const gap = tf.abs(tf.sub(tf.sum(points, 1), 1));
        return tf.logicalOr(tf.any(tf.logicalOr(tf.less(points, 0), end), 1), tf.greater(gap, SUM_TOLERANCE));
      }, x);
      return logProbWithin(total, impossible);
    });
  }

  entropy(): tf.Scalar {
    return tf.tidy(() => {
      const [K] = this.eventShape;
      const sum = tf.sum(this.concentration);
      const main = tf.sub(this.logNormalizer(), tf.sum(tf.mul(tf.sub(this.concentration, 1), this.logShares())));
      const parts = tf.sum(tf.mul(tf.sub(this.concentration, 1), digammaMinusLog(this.concentration)));
      return tf.add(tf.sub(main, parts), tf.mul(tf.sub(sum, K), digammaMinusLog(sum))) as tf.Scalar;
    });
  }

  dispose(): void {
    tf.dispose(this.made);
  }

  /** Σₖ log Γ(αₖ) − log Γ(s) = Σₖ (αₖ − ½) log(αₖ / s) − ½ (K − 1) log(s / 2π) + Σₖ J(αₖ) − J(s). */
  private logNormalizer(): tf.Tensor {
    const [K] = this.eventShape;
    const sum = tf.sum(this.concentration);
    const shares = tf.sum(tf.mul(tf.sub(this.concentration, 0.5), this.logShares()));
    const scale = tf.mul(0.5 * (K - 1), tf.log(tf.div(sum, 2 * Math.PI)));
    return tf.add(tf.sub(shares, scale), tf.sub(tf.sum(binet(this.concentration)), binet(sum)));
  }

  private logShares(): tf.Tensor {
    return tf.log(tf.div(this.concentration, tf.sum(this.concentration)));
  }
}
