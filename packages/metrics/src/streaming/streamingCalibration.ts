import { checkCount } from '../arguments/count';
import type { Labels } from '../arguments/labels';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { addToBin, binOf, type CalibrationBins, noBins, uniformEdges } from '../probabilities/bins';
import { type CurveOptions, scoredSamples } from '../ranking/scoredSamples';
import { type CalibrationScores, calibrationScores } from './calibrationScores';

/** `calibrationCurve` and `expectedCalibrationError` of samples that come in parts: it keeps the bins alone. */
export class StreamingCalibration {
  readonly #edges: Float64Array;
  #bins: CalibrationBins;

  /**
   * @param options - `nBins` of equal width, 15 if left out.
   * @throws RangeError if it is not a whole number from 1.
   */
  constructor({ nBins = 15 }: { nBins?: number } = {}) {
    checkCount('StreamingCalibration', 'nBins', nBins);
    this.#edges = uniformEdges(nBins);
    this.#bins = noBins(nBins);
  }

  /**
   * Adds samples.
   *
   * @param yTrue - [N] labels of two classes.
   * @param yProb - [N], the probability of the positive class.
   * @param options - `posLabel`, the positive class, 1 if left out.
   * @throws RangeError if lengths differ, or a probability is outside [0, 1]; then nothing was added.
   */
  update(yTrue: Labels, yProb: Numbers, { posLabel = 1, sampleWeight }: CurveOptions = {}): this {
    const caller = 'StreamingCalibration.update';
    const { positive } = scoredSamples(caller, yTrue, yProb, sampleWeight, posLabel, 'yProb');
    checkNumbers(caller, 'yProb', yProb, positive.length, 0, 1);
    for (let i = 0; i < positive.length; i++) {
      const p = yProb[i] as number;
      addToBin(this.#bins, binOf(this.#edges, p), positive[i] as number, p, sampleWeight?.[i]);
    }
    return this;
  }

  /** Adds what another with as many bins has counted. */
  merge(other: StreamingCalibration): this {
    const [ours, theirs] = [this.#bins.weight.length, other.#bins.weight.length];
    if (ours !== theirs) throw new RangeError(`StreamingCalibration.merge: nBins must be ${ours}, got ${theirs}`);
    const add = (of: keyof CalibrationBins): Float64Array =>
      this.#bins[of].map((value, b) => value + (other.#bins[of][b] as number));
    this.#bins = { weight: add('weight'), actual: add('actual'), predicted: add('predicted') };
    return this;
  }

  /** The scores of all that was added since the last `reset`. */
  compute(): CalibrationScores {
    return calibrationScores(this.#bins);
  }

  /** Forgets what was counted. */
  reset(): this {
    this.#bins = noBins(this.#bins.weight.length);
    return this;
  }
}
