import { BinnedCurve, type BinnedOptions } from './binnedCurve';
import { binnedRocAuc } from './binnedScores';

/** `rocAucScore` of scores in [0, 1] that come in parts, cut into equal bins: exact if equal bins mean equal scores. */
export class StreamingRocAuc extends BinnedCurve {
  /** @throws RangeError if `thresholds` is not a whole number from 1. */
  constructor(options: BinnedOptions = {}) {
    super('StreamingRocAuc', options);
  }

  compute(): number {
    return binnedRocAuc(this.counts);
  }
}
