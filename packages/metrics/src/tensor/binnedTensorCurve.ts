import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments/count';
import type { BinnedOptions } from '../streaming/binnedCurve';
import { Accumulator } from './accumulator';
import { cellOf, checkPair, countEach, partOf, type TensorWeights } from './pairs';

/** Counts scores in [0, 1] of positives and negatives on the device: O(N + T) time, O(T) memory. */
export abstract class BinnedTensorCurve {
  readonly #name: string;
  readonly #thresholds: number;
  readonly #counts: Accumulator;

  constructor(name: string, { thresholds = 200 }: BinnedOptions) {
    checkCount(name, 'thresholds', thresholds);
    this.#name = name;
    this.#thresholds = thresholds;
    this.#counts = new Accumulator(() => tf.zeros([2 * thresholds], 'int32'));
  }

  /**
   * Adds samples, without reading any back.
   *
   * @param yTrue - [N], 1 of positives and 0 of negatives.
   * @param yScore - [N], in [0, 1]; what is outside counts as the nearer end.
   * @param options - `sampleWeight`, [N].
   * @throws RangeError if lengths differ.
   */
  update(yTrue: tf.Tensor, yScore: tf.Tensor, { sampleWeight }: TensorWeights = {}): this {
    checkPair(`${this.#name}.update`, yTrue, yScore, 'yScore', sampleWeight);
    this.#counts.add(() => {
      const cells = cellOf(partOf(yScore, this.#thresholds), yTrue, 2);
      return countEach(cells, 2 * this.#thresholds, sampleWeight);
    });
    return this;
  }

  /** Adds what another with as many thresholds has counted. */
  merge(other: this): this {
    const [ours, theirs] = [this.#thresholds, (other as BinnedTensorCurve).#thresholds];
    if (ours !== theirs) throw new RangeError(`${this.#name}.merge: thresholds must be ${ours}, got ${theirs}`);
    this.#counts.merge((other as BinnedTensorCurve).#counts);
    return this;
  }

  /** The score of all that was added since the last `reset`; reads once. */
  async compute(): Promise<number> {
    return this.score(await this.#counts.read());
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

  protected abstract score(counts: Float64Array): number;
}
