import { deriveSeed, randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import type { Distribution, EntropyOptions } from '../distribution';
import { withoutGradient } from '../gradients';
import { eventShapeOf, type Parameter, toTensor } from '../parameter';

/** The components, and how likely each is: as probabilities, or as logits to be learned. */
export type MixtureOptions = {
  /** K distributions of one event shape. They stay their maker's: `dispose` does not reach them. */
  components: readonly Distribution[];
} & (
  | {
      /** K positive numbers that sum to 1. */
      weights: readonly number[];
      logits?: undefined;
    }
  | {
      /** [K]; the weights are their softmax. */
      logits: Parameter;
      weights?: undefined;
    }
);

const OWNER = 'Mixture';

/** How far from 1 the sum of the weights may be. */
const SUM_TOLERANCE = 1e-5;

/** Stands for −∞ inside the sum over components: a GPU may assume that arithmetic never meets an infinity. */
const FLOOR = -3e38;

/**
 * A mixture: a draw comes from component k with probability wₖ.
 *
 *     log p(x) = log Σₖ wₖ pₖ(x)
 *     E[x] = Σₖ wₖ μₖ,   Var[x] = Σₖ wₖ (σₖ² + (μₖ − E[x])²)
 *
 * The sum is taken as a log-sum-exp. A draw lets gradients flow to its component's parameters, none to the logits,
 * since a choice is not differentiable. No closed form of the entropy is known: `entropy` averages −log p(x) over
 * draws, by default 10,000 of seed 0.
 *
 * @throws TypeError when not exactly one of `weights` and `logits` is given.
 * @throws RangeError when there is no component, their event shapes differ, the weights are not K positive numbers
 *   that sum to 1, or the logits are not [K].
 *
 * Reference: Bishop, "Pattern Recognition and Machine Learning", 2006, §2.3.9.
 *
 * @example
 * const two = new Mixture({ weights: [0.3, 0.7], components: [new Normal({ mean: -2 }), new Normal({ mean: 2 })] });
 * const logProb = two.logProb(two.sample(64, { seed: 7 })); // [64]
 */
export class Mixture implements Distribution {
  readonly eventShape: number[];
  private readonly components: readonly Distribution[];
  private readonly logits: tf.Tensor;
  /** The running sum of the weights, where they are known on the host: there it is the same for every backend. */
  private readonly knownSums: tf.Tensor | undefined;
  private readonly made: tf.Tensor[] = [];

  constructor({ components, weights, logits }: MixtureOptions) {
    this.eventShape = sharedShape(components);
    this.components = [...components];
    if (weights) checkWeights(weights, components.length);
    const logWeights = logits ?? weights?.map(Math.log);
    if (logWeights === undefined || (weights && logits)) {
      throw new TypeError(
        `${OWNER}: options must be with exactly one of weights, logits, got ${weights ? 'both' : 'none'}`,
      );
    }
    checkLogits(logWeights, components.length);
    this.logits = toTensor(logWeights, this.made);
    this.knownSums = weights && toTensor(runningSums(weights), this.made);
  }

  get mean(): tf.Tensor {
    return tf.tidy(() => this.average(this.components.map((component) => component.mean)));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => {
      const { mean } = this;
      const about = this.components.map((component) =>
        tf.add(component.variance, tf.square(tf.sub(component.mean, mean))),
      );
      return this.average(about);
    });
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor {
    checkCount(`${OWNER}.sample`, 'n', n);
    return tf.tidy(() => {
      const K = this.components.length;
      const chosen = tf.reshape(this.choose(n, deriveSeed(seed, 0)), [n, K, 1]);
      const draws = this.components.map((component, k) => component.sample(n, { seed: deriveSeed(seed, k + 1) }));
      const flat = tf.reshape(tf.stack(draws, 1), [n, K, -1]); // [n, K, |E|]
      return tf.reshape(tf.sum(tf.mul(chosen, flat), 1), [n, ...this.eventShape]);
    });
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints(`${OWNER}.logProb`, x, this.eventShape);
    return tf.tidy(() => {
      const parts = tf.stack(
        this.components.map((component) => component.logProb(x)),
        1,
      ); // [batch, K]
      const total = tf.logSumExp(tf.add(tf.maximum(parts, FLOOR), tf.logSoftmax(this.logits)), 1); // [batch]
      const possible = withoutGradient((value) => tf.greater(value, FLOOR / 2), total);
      return tf.where(possible, total, -Infinity) as tf.Tensor1D;
    });
  }

  /**
   * An estimate of −E[log p(x)]: the mean over draws of the mixture itself.
   *
   * @param options.samples - how many draws, 10,000 unless told.
   * @param options.seed - of the draws, 0 unless told; the same seed gives the same estimate.
   * @throws RangeError when `samples` is not a positive integer.
   */
  entropy({ samples = 10_000, seed = 0 }: EntropyOptions = {}): tf.Scalar {
    checkCount(`${OWNER}.entropy`, 'samples', samples);
    return tf.tidy(() => tf.neg(tf.mean(this.logProb(this.sample(samples, { seed })))));
  }

  dispose(): void {
    tf.dispose(this.made);
  }

  /** Σₖ wₖ vₖ of values of shape E. */
  private average(values: tf.Tensor[]): tf.Tensor {
    const weights = tf.reshape(tf.softmax(this.logits), [1, -1]); // [1, K]
    const stacked = tf.reshape(tf.stack(values), [values.length, -1]) as tf.Tensor2D; // [K, |E|]
    return tf.reshape(tf.matMul(weights as tf.Tensor2D, stacked), this.eventShape);
  }

  /** Which component each draw comes from, by the inverse of the running sum: [n, K], one-hot. */
  private choose(n: number, seed: Seed): tf.Tensor {
    const K = this.components.length;
    const u = randomUniform([n, 1], { seed });
    return withoutGradient((logits) => {
      const sums = this.knownSums ?? tf.cumsum(tf.softmax(logits));
      const passed = tf.sum(tf.cast(tf.greaterEqual(u, sums), 'float32'), 1); // the last sum may round to below 1
      const index = tf.cast(tf.minimum(passed, K - 1), 'int32');
      return tf.cast(tf.oneHot(index, K), 'float32'); // asked for float32 itself, oneHot is wrong on wasm
    }, this.logits);
  }
}

/** @throws when there is no component, or their event shapes differ. */
function sharedShape(components: readonly Distribution[]): number[] {
  const [first, ...others] = components;
  if (first === undefined) throw new RangeError(`${OWNER}: components must be at least one distribution, got none`);
  const odd = others.find((component) => String(component.eventShape) !== String(first.eventShape));
  if (odd) {
    throw new RangeError(
      `${OWNER}: components must have one event shape, got [${first.eventShape}] and [${odd.eventShape}]`,
    );
  }
  return [...first.eventShape];
}

/** @throws RangeError when the weights are not K positive numbers that sum to 1. */
function checkWeights(weights: readonly number[], K: number): void {
  if (weights.length !== K) {
    throw new RangeError(`${OWNER}: weights must be [${K}], one for each component, got [${weights.length}]`);
  }
  const bad = weights.find((weight) => !(weight > 0));
  if (bad !== undefined) {
    throw new RangeError(`${OWNER}: weights must be positive, got ${bad}; leave out a component that never occurs`);
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
    throw new RangeError(`${OWNER}: weights must sum to 1, got ${sum}; logits may have any sum`);
  }
}

/** @throws RangeError when the logits are not [K]. */
function checkLogits(logits: Parameter, K: number): void {
  const shape = eventShapeOf(OWNER, { logits });
  if (String(shape) !== String([K])) {
    throw new RangeError(`${OWNER}: logits must be [${K}], one for each component, got [${shape}]`);
  }
}

function runningSums(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}
