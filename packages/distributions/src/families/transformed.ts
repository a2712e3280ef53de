import { deriveSeed, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import type { Distribution, EntropyOptions } from '../distribution';

/** Points carried through a map, with what it did to volume. */
interface Mapped {
  /** [batch, ...event]. */
  value: tf.Tensor;
  /** log |det J| of the direction just taken, [batch]. */
  logDet: tf.Tensor1D;
}

/** An invertible, differentiable map: what a `Bijector` of `@tenonjs/flows` is, among others. */
export interface InvertibleMap {
  /** From the base to the data. */
  forward(z: tf.Tensor): Mapped;
  /** Back. */
  inverse(x: tf.Tensor): Mapped;
}

export interface TransformedDistributionOptions {
  /** Stays its maker's: `dispose` does not reach it. */
  base: Distribution;
  bijector: InvertibleMap;
  /** E, where the map changes the shape of an event; otherwise that of the base. */
  eventShape?: number[];
  /** How many draws `mean` and `variance` average, which have no closed form; 10,000 unless told, of seed 0. */
  samples?: number;
}

/**
 * The distribution of x = f(z) with z from a base distribution and f an invertible map:
 *
 *     log p(x) = log p_z(f⁻¹(x)) + log |det ∂f⁻¹ / ∂x|
 *     H = H_z + E[log |det ∂f / ∂z|]
 *
 * `mean`, `variance` and the expectation in `entropy` are averages over draws; an entropy is exact when the map changes
 * all volumes alike and the base's is exact. Gradients flow to whatever the map and the base are made of.
 *
 * @throws RangeError when `samples` is not a positive integer.
 *
 * Reference: Papamakarios et al., "Normalizing flows for probabilistic modeling and inference", 2021, §2.
 *
 * @example
 * const exp = { // x = exp(z) makes a log-normal of a normal
 *   forward: (z) => ({ value: tf.exp(z), logDet: z }),
 *   inverse: (x) => ({ value: tf.log(x), logDet: tf.neg(tf.log(x)) }),
 * };
 * const logNormal = new TransformedDistribution({ base: new Normal(), bijector: exp });
 */
export class TransformedDistribution implements Distribution {
  readonly eventShape: number[];
  readonly base: Distribution;
  readonly bijector: InvertibleMap;
  private readonly samples: number;

  constructor({ base, bijector, eventShape = base.eventShape, samples = 10_000 }: TransformedDistributionOptions) {
    checkCount('TransformedDistribution', 'samples', samples);
    this.base = base;
    this.bijector = bijector;
    this.eventShape = [...eventShape];
    this.samples = samples;
  }

  get mean(): tf.Tensor {
    return tf.tidy(() => tf.mean(this.sample(this.samples, { seed: 0 }), 0));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => tf.moments(this.sample(this.samples, { seed: 0 }), 0).variance);
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor {
    checkCount('TransformedDistribution.sample', 'n', n);
    return tf.tidy(() => this.bijector.forward(this.base.sample(n, { seed })).value);
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints('TransformedDistribution.logProb', x, this.eventShape);
    return tf.tidy(() => {
      const { value, logDet } = this.bijector.inverse(x);
      return tf.add(this.base.logProb(value), logDet);
    });
  }

  /**
   * @param options.samples - how many draws, 10,000 unless told.
   * @param options.seed - of the draws, 0 unless told.
   */
  entropy({ samples = this.samples, seed = 0 }: EntropyOptions = {}): tf.Scalar {
    checkCount('TransformedDistribution.entropy', 'samples', samples);
    return tf.tidy(() => {
      const z = this.base.sample(samples, { seed: deriveSeed(seed, 0) });
      const growth = tf.mean(this.bijector.forward(z).logDet);
      return tf.add(this.base.entropy({ samples, seed: deriveSeed(seed, 1) }), growth);
    });
  }

  /** It owns nothing: the base and the map are their makers'. */
  dispose(): void {}
}
