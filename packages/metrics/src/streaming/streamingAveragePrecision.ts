import { BinnedCurve, type BinnedOptions } from './binnedCurve';
import { binnedAveragePrecision } from './binnedScores';

/** `averagePrecisionScore` of scores in [0, 1] that come in parts, cut into equal bins: exact if equal bins mean equal scores. */
export class StreamingAveragePrecision extends BinnedCurve {
  /** @throws RangeError if `thresholds` is not a whole number from 1. */
  constructor(options: BinnedOptions = {}) {
    super('StreamingAveragePrecision', options);
  }

  compute(): number {
    return binnedAveragePrecision(this.counts);
  }
}
