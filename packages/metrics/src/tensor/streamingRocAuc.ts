import type { BinnedOptions } from '../streaming/binnedCurve';
import { binnedRocAuc } from '../streaming/binnedScores';
import { BinnedTensorCurve } from './binnedTensorCurve';

/** `rocAucScore` of tensors of scores in [0, 1], cut into equal bins: exact if equal bins mean equal scores. */
export class StreamingRocAuc extends BinnedTensorCurve {
  /** @throws RangeError if `thresholds` is not a whole number from 1. */
  constructor(options: BinnedOptions = {}) {
    super('StreamingRocAuc', options);
  }

  protected score(counts: Float64Array): number {
    return binnedRocAuc(counts);
  }
}
