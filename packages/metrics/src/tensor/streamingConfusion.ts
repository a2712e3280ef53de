import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments/count';
import { type ConfusionScores, confusionScores } from '../streaming/confusionScores';
import { Accumulator } from './accumulator';
import { cellOf, checkPair, countEach, type TensorWeights } from './pairs';

/** `confusionMatrix`, accuracy, precision, recall and F1 of tensors of classes: it keeps K² counts on the device. */
export class StreamingConfusion {
  readonly #size: number;
  readonly #counts: Accumulator;

  /**
   * @param options - `numClasses`, K.
   * @throws RangeError if it is not a whole number from 1.
   */
  constructor({ numClasses }: { numClasses: number }) {
    checkCount('StreamingConfusion', 'numClasses', numClasses);
    this.#size = numClasses;
    this.#counts = new Accumulator(() => tf.zeros([numClasses ** 2], 'int32'));
  }

  /**
   * Adds samples, without reading any back.
   *
   * @param yTrue - [N], 0 … K − 1.
   * @param yPred - [N], 0 … K − 1.
   * @param options - `sampleWeight`, [N].
   * @throws RangeError if lengths differ.
   */
  update(yTrue: tf.Tensor, yPred: tf.Tensor, { sampleWeight }: TensorWeights = {}): this {
    checkPair('StreamingConfusion.update', yTrue, yPred, 'yPred', sampleWeight);
    this.#counts.add(() => countEach(cellOf(yTrue, yPred, this.#size), this.#size ** 2, sampleWeight));
    return this;
  }

  /** Adds what another with as many classes has counted. */
  merge(other: StreamingConfusion): this {
    if (other.#size !== this.#size) {
      throw new RangeError(`StreamingConfusion.merge: numClasses must be ${this.#size}, got ${other.#size}`);
    }
    this.#counts.merge(other.#counts);
    return this;
  }

  /** The scores of all that was added since the last `reset`; reads once. */
  async compute(): Promise<ConfusionScores> {
    const classes = Array.from({ length: this.#size }, (_, k) => k);
    return confusionScores({ classes, counts: await this.#counts.read() });
  }

  /** Forgets what was counted. */
  reset(): this {
    this.#counts.reset();
    return this;
  }

  /** Frees the counts. */
  dispose(): void {
    this.#counts.dispose();
  }
}
