import type { Labels } from '../arguments/labels';
import type { Numbers } from '../arguments/numbers';
import { warn } from '../arguments/warn';
import { countsCurve } from './countsCurve';
import { type CurveOptions, scoredSamples } from './scoredSamples';

/** From (0, 0) to (1, 1): [T + 1] each. */
export interface RocCurve {
  /** False positives among the negatives; NaN if there are none. */
  fpr: Float64Array;
  /** True positives among the positives; NaN if there are none. */
  tpr: Float64Array;
  /** Descending; positive is what is scored at least so high. The first is Infinity. */
  thresholds: Float64Array;
}

/**
 * The receiver operating characteristic: true against false positives, as the threshold falls. Samples of equal score
 * share one threshold.
 *
 * @param yTrue - [N] labels of two classes.
 * @param yScore - [N].
 * @param options - `posLabel`, the class that high scores speak for, 1 if left out; `dropIntermediate: false` keeps points
 * inside straight lines.
 * @throws RangeError if there are more than two classes, or a score is not finite.
 */
export function rocCurve(
  yTrue: Labels,
  yScore: Numbers,
  options: CurveOptions & { dropIntermediate?: boolean } = {},
): RocCurve {
  const { posLabel = 1, sampleWeight, dropIntermediate = true } = options;
  const samples = scoredSamples('rocCurve', yTrue, yScore, sampleWeight, posLabel);
  const { thresholds, truePositives, falsePositives } = countsCurve(samples, dropIntermediate);
  const positives = truePositives.at(-1) as number;
  const negatives = falsePositives.at(-1) as number;
  if (positives === 0) warn('rocCurve', 'yTrue has no positive sample; tpr is NaN');
  if (negatives === 0) warn('rocCurve', 'yTrue has no negative sample; fpr is NaN');
  for (let i = 0; i < truePositives.length; i++) {
    (truePositives[i] as number) /= positives;
    (falsePositives[i] as number) /= negatives;
  }
  return { fpr: falsePositives, tpr: truePositives, thresholds: withInfinity(thresholds) };
}

/** Infinity, and then the thresholds: moved up by a place where their room has one left. */
function withInfinity(thresholds: Float64Array): Float64Array {
  const { buffer, byteOffset, length } = thresholds;
  const isRoom = buffer.byteLength >= byteOffset + (length + 1) * thresholds.BYTES_PER_ELEMENT;
  const all = isRoom ? new Float64Array(buffer, byteOffset, length + 1) : new Float64Array(length + 1);
  all.set(thresholds, 1);
  all[0] = Infinity;
  return all;
}
