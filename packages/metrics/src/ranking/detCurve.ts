import type { Labels } from '../arguments/labels';
import type { Numbers } from '../arguments/numbers';
import { warn } from '../arguments/warn';
import { countsCurve } from './countsCurve';
import { type CurveOptions, scoredSamples } from './scoredSamples';

/** [T] each. */
export interface DetCurve {
  /** False positives among the negatives, descending; NaN if there are none. */
  fpr: Float64Array;
  /** False negatives among the positives, ascending; NaN if there are none. */
  fnr: Float64Array;
  /** Ascending; positive is what is scored at least so high. */
  thresholds: Float64Array;
}

/**
 * The detection error trade-off: misses against false alarms, as the threshold rises, from where the first sample is
 * missed to where the last false alarm ends.
 *
 * Reference: Martin et al. 1997, "The DET curve in assessment of detection task performance".
 *
 * @param yTrue - [N] labels of two classes.
 * @param yScore - [N].
 * @param options - `posLabel`, the class that high scores speak for, 1 if left out.
 * @throws RangeError if there are more than two classes, or a score is not finite.
 */
export function detCurve(yTrue: Labels, yScore: Numbers, { posLabel = 1, sampleWeight }: CurveOptions = {}): DetCurve {
  const curve = countsCurve(scoredSamples('detCurve', yTrue, yScore, sampleWeight, posLabel));
  const [fnr, fpr] = [curve.truePositives.subarray(1), curve.falsePositives.subarray(1)];
  const positives = curve.truePositives.at(-1) as number;
  const negatives = curve.falsePositives.at(-1) as number;
  if (positives === 0 || negatives === 0) warn('detCurve', 'yTrue has only one class; a rate is NaN');
  const first = Math.max(fpr.lastIndexOf(fpr[0] as number), 0);
  const last = Math.max(fnr.indexOf(positives) + 1, first);
  for (let i = first; i < last; i++) {
    (fpr[i] as number) /= negatives;
    fnr[i] = (positives - (fnr[i] as number)) / positives;
  }
  const span = (column: Float64Array): Float64Array => column.subarray(first, last).reverse();
  return { fpr: span(fpr), fnr: span(fnr), thresholds: span(curve.thresholds) };
}
