import type { BinnedOptions } from '../streaming/binnedCurve';
import { binnedAveragePrecision } from '../streaming/binnedScores';
import { BinnedTensorCurve } from './binnedTensorCurve';

/** `averagePrecisionScore` of tensors of scores in [0, 1], cut into equal bins: exact if equal bins mean equal scores. */
export class StreamingAveragePrecision extends BinnedTensorCurve {
  /** @throws RangeError if `thresholds` is not a whole number from 1. */
  constructor(options: BinnedOptions = {}) {
    super('StreamingAveragePrecision', options);
  }

  protected score(counts: Float64Array): number {
    return binnedAveragePrecision(counts);
  }
}
