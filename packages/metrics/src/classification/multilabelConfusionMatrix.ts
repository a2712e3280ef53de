import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import type { Weighted } from '../arguments/weights';
import { countOutcomes } from './outcomes';

/**
 * For each class, itself against the rest.
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yPred - the same shape.
 * @param options - `samplewise`: one matrix for each row of the indicators instead.
 * @returns [K, 2, 2], each `[[TN, FP], [FN, TP]]`.
 * @throws RangeError if shapes differ.
 */
export function multilabelConfusionMatrix(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: Weighted & { labels?: Labels; samplewise?: boolean } = {},
): number[][][] {
  const { labels, sampleWeight, samplewise: bySample = false } = options;
  const outcomes = countOutcomes('multilabelConfusionMatrix', yTrue, yPred, { labels, sampleWeight, bySample });
  return Array.from(outcomes.hits, (hits, k) => {
    const scale = bySample && sampleWeight ? (sampleWeight[k] as number) : 1;
    const missed = (outcomes.actual[k] as number) - hits;
    const wrong = (outcomes.predicted[k] as number) - hits;
    const others = outcomes.total - hits - missed - wrong;
    return [
      [others * scale, wrong * scale],
      [missed * scale, hits * scale],
    ];
  });
}
