import type { Labels } from '../arguments/labels';
import type { Numbers } from '../arguments/numbers';
import { warn } from '../arguments/warn';
import { countsCurve } from './countsCurve';
import { type CurveOptions, scoredSamples } from './scoredSamples';

/** From recall 1 to the point (1, 0) that has no threshold. */
export interface PrecisionRecallCurve {
  /** [T + 1], the last is 1. */
  precision: Float64Array;
  /** [T + 1], the last is 0. */
  recall: Float64Array;
  /** [T], ascending; positive is what is scored at least so high. */
  thresholds: Float64Array;
}

/**
 * Precision against recall, as the threshold rises.
 *
 * @param yTrue - [N] labels of two classes.
 * @param yScore - [N].
 * @param options - `posLabel`, the class that high scores speak for, 1 if left out.
 * @throws RangeError if there are more than two classes, or a score is not finite.
 */
export function precisionRecallCurve(
  yTrue: Labels,
  yScore: Numbers,
  { posLabel = 1, sampleWeight }: CurveOptions = {},
): PrecisionRecallCurve {
  const samples = scoredSamples('precisionRecallCurve', yTrue, yScore, sampleWeight, posLabel);
  const { thresholds, truePositives: recall, falsePositives: precision } = countsCurve(samples);
  const positives = recall.at(-1) as number;
  if (positives === 0) warn('precisionRecallCurve', 'yTrue has no positive sample; recall is 1 at every threshold');
  for (let i = 0; i < recall.length; i++) {
    const hits = recall[i] as number;
    precision[i] = i === 0 ? 1 : hits / (hits + (precision[i] as number));
    recall[i] = i === 0 || positives > 0 ? hits / (positives || 1) : 1;
  }
  return { precision: precision.reverse(), recall: recall.reverse(), thresholds: thresholds.reverse() };
}
