import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments/count';
import { type CalibrationScores, calibrationScores } from '../streaming/calibrationScores';
import { Accumulator } from './accumulator';
import { checkPair, sumEach, type TensorWeights } from './pairs';

/** `calibrationCurve` and `expectedCalibrationError` of tensors: it keeps three numbers a bin on the device. */
export class StreamingCalibration {
  readonly #nBins: number;
  readonly #bins: Accumulator;

  /**
   * @param options - `nBins` of equal width, 15 if left out.
   * @throws RangeError if it is not a whole number from 1.
   */
  constructor({ nBins = 15 }: { nBins?: number } = {}) {
    checkCount('StreamingCalibration', 'nBins', nBins);
    this.#nBins = nBins;
    this.#bins = new Accumulator(() => tf.zeros([3 * nBins]));
  }

  /**
   * Adds samples, without reading any back.
   *
   * @param yTrue - [N], 1 of positives and 0 of negatives.
   * @param yProb - [N], in [0, 1]; a bin ends with its upper bound.
   * @param options - `sampleWeight`, [N].
   * @throws RangeError if lengths differ.
   */
  update(yTrue: tf.Tensor, yProb: tf.Tensor, { sampleWeight }: TensorWeights = {}): this {
    checkPair('StreamingCalibration.update', yTrue, yProb, 'yProb', sampleWeight);
    this.#bins.add(() => {
      const last = this.#nBins - 1;
      const bin = tf.cast(tf.clipByValue(tf.sub(tf.ceil(tf.mul(yProb, this.#nBins)), 1), 0, last), 'int32');
      const weight = tf.cast(sampleWeight ?? tf.onesLike(yProb), 'float32');
      const sums = [weight, tf.mul(weight, yTrue), tf.mul(weight, yProb)].map((of) => sumEach(bin, this.#nBins, of));
      return tf.concat(sums); // the weight of each bin, of what came, and of what was predicted
    });
    return this;
  }

  /** Adds what another with as many bins has counted. */
  merge(other: StreamingCalibration): this {
    if (other.#nBins !== this.#nBins) {
      throw new RangeError(`StreamingCalibration.merge: nBins must be ${this.#nBins}, got ${other.#nBins}`);
    }
    this.#bins.merge(other.#bins);
    return this;
  }

  /** The scores of all that was added since the last `reset`; reads once. */
  async compute(): Promise<CalibrationScores> {
    const all = await this.#bins.read();
    const row = (r: number): Float64Array => all.subarray(r * this.#nBins, (r + 1) * this.#nBins);
    return calibrationScores({ weight: row(0), actual: row(1), predicted: row(2) });
  }

  /** Forgets what was counted. */
  reset(): this {
    this.#bins.reset();
    return this;
  }

  /** Frees the bins. */
  dispose(): void {
    this.#bins.dispose();
  }
}
