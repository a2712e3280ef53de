import { checkCount } from '../arguments/count';
import type { Labels } from '../arguments/labels';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { type CurveOptions, scoredSamples } from '../ranking/scoredSamples';

export interface BinnedOptions {
  /** T, into how many equal parts [0, 1] is cut; 200 if left out. */
  thresholds?: number;
}

/** Counts scores in [0, 1] of positives and negatives: O(N + T) time, O(T) memory. */
export abstract class BinnedCurve {
  protected readonly counts: Float64Array;
  readonly #name: string;

  constructor(name: string, { thresholds = 200 }: BinnedOptions) {
    checkCount(name, 'thresholds', thresholds);
    this.#name = name;
    this.counts = new Float64Array(2 * thresholds);
  }

  /**
   * Adds samples.
   *
   * @param yTrue - [N] labels of two classes.
   * @param yScore - [N], in [0, 1].
   * @param options - `posLabel`, the class that high scores speak for, 1 if left out.
   * @throws RangeError if lengths differ, or a score is outside [0, 1]; then nothing was added.
   */
  update(yTrue: Labels, yScore: Numbers, { posLabel = 1, sampleWeight }: CurveOptions = {}): this {
    const { positive } = scoredSamples(`${this.#name}.update`, yTrue, yScore, sampleWeight, posLabel);
    checkNumbers(`${this.#name}.update`, 'yScore', yScore, positive.length, 0, 1);
    const thresholds = this.counts.length / 2;
    for (let i = 0; i < positive.length; i++) {
      const bin = Math.min(Math.floor((yScore[i] as number) * thresholds), thresholds - 1);
      const cell = 2 * bin + (positive[i] as number);
      this.counts[cell] = (this.counts[cell] as number) + (sampleWeight ? (sampleWeight[i] as number) : 1);
    }
    return this;
  }

  /** Adds what another with as many thresholds has counted. */
  merge(other: this): this {
    const [ours, theirs] = [this.counts.length / 2, other.counts.length / 2];
    if (ours !== theirs) throw new RangeError(`${this.#name}.merge: thresholds must be ${ours}, got ${theirs}`);
    for (const [cell, count] of other.counts.entries()) this.counts[cell] = (this.counts[cell] as number) + count;
    return this;
  }

  /** The score of all that was added since the last `reset`. */
  abstract compute(): number;

  /** Forgets what was counted. */
  reset(): this {
    this.counts.fill(0);
    return this;
  }
}
