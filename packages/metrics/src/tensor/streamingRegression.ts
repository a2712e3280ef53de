import * as tf from '@tensorflow/tfjs-core';
import { type RegressionScores, regressionScores } from '../streaming/regressionScores';
import { Accumulator } from './accumulator';
import { checkPair, type TensorWeights } from './pairs';

/**
 * Squared and absolute errors, R² and explained variance of tensors: it keeps seven numbers on the device, put together as
 * Chan et al. 1983 do, so that a mean far from 0 costs no digits.
 */
export class StreamingRegression {
  readonly #moments = new Accumulator(() => tf.zeros([7]), combine);

  /**
   * Adds samples, without reading any back.
   *
   * @param yTrue - [N].
   * @param yPred - [N].
   * @param options - `sampleWeight`, [N].
   * @throws RangeError if lengths differ.
   */
  update(yTrue: tf.Tensor, yPred: tf.Tensor, { sampleWeight }: TensorWeights = {}): this {
    checkPair('StreamingRegression.update', yTrue, yPred, 'yPred', sampleWeight);
    this.#moments.add(() => {
      const error = tf.sub(yTrue, yPred);
      const weights = tf.cast(sampleWeight ?? tf.onesLike(error), 'float32');
      const weight = tf.sum(weights);
      const mean = (of: tf.Tensor): tf.Tensor => tf.divNoNan(tf.sum(tf.mul(weights, of)), weight);
      const spread = (of: tf.Tensor, centre: tf.Tensor): tf.Tensor => mean(tf.square(tf.sub(of, centre)));
      const [truth, bias] = [mean(yTrue), mean(error)];
      const absolute = mean(tf.abs(error));
      return tf.stack([
        tf.scalar(yTrue.size),
        weight,
        absolute,
        truth,
        spread(yTrue, truth),
        bias,
        spread(error, bias),
      ]);
    });
    return this;
  }

  /** Adds what another has seen. */
  merge(other: StreamingRegression): this {
    this.#moments.merge(other.#moments);
    return this;
  }

  /** The scores of all that was added since the last `reset`, NaN of nothing; reads once. */
  async compute(): Promise<RegressionScores> {
    const read = (await this.#moments.read()) as unknown as Seven;
    const [samples, weight, absolute, mean, variance, bias, spread] = read;
    const truth = { mean, variance };
    return regressionScores({ samples, weight, absolute, truth, error: { mean: bias, variance: spread } });
  }

  /** Forgets what was added. */
  reset(): this {
    this.#moments.reset();
    return this;
  }

  /** Frees the moments. */
  dispose(): void {
    this.#moments.dispose();
  }
}

/** Samples, their weight, mean absolute error, mean and variance of the truth, mean and variance of the error. */
type Seven = [number, number, number, number, number, number, number];

/** The moments of both parts together. */
function combine(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [samplesA, weightA, absoluteA, truthA, spreadA, biasA, missA] = tf.unstack(a) as Parts;
  const [samplesB, weightB, absoluteB, truthB, spreadB, biasB, missB] = tf.unstack(b) as Parts;
  const weight = tf.add(weightA, weightB);
  const share = tf.divNoNan(weightB, weight);
  const mix = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.add(x, tf.mul(share, tf.sub(y, x)));
  const variance = (x: tf.Tensor, y: tf.Tensor, meanX: tf.Tensor, meanY: tf.Tensor): tf.Tensor =>
    tf.add(mix(x, y), tf.mul(tf.mul(share, tf.sub(1, share)), tf.square(tf.sub(meanY, meanX))));
  return tf.stack([
    tf.add(samplesA, samplesB),
    weight,
    mix(absoluteA, absoluteB),
    mix(truthA, truthB),
    variance(spreadA, spreadB, truthA, truthB),
    mix(biasA, biasB),
    variance(missA, missB, biasA, biasB),
  ]);
}

type Parts = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
