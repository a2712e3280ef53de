import { columnOf, type FlatMatrix, rowOf } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { weightedMean } from '../statistics/mean';
import type { ScoredSamples } from './scoredSamples';

/**
 * How the scores of several labels become one:
 *
 * - `'macro'`: their mean; `'weighted'`: their mean by how many samples have the label;
 * - `'micro'`: the score of all entries of the matrices at once;
 * - `'samples'`: the mean of the scores of the rows.
 */
export type LabelAverage = 'micro' | 'macro' | 'weighted' | 'samples';

/** All of them, to check by. */
export const labelAverages = ['micro', 'macro', 'weighted', 'samples', null];

/**
 * @param truth - [N, K] of 0 and 1.
 * @param scores - [N, K].
 * @returns one number; with `average` null one for each label, [K].
 */
export function averageLabels(
  truth: FlatMatrix,
  scores: FlatMatrix,
  weights: Numbers | undefined,
  average: LabelAverage | null,
  score: (samples: ScoredSamples) => number,
): number | Float64Array {
  if (average === 'micro') {
    const spread =
      weights && Float64Array.from(scores.data, (_, cell) => weights[Math.floor(cell / scores.columns)] as number);
    return score({ positive: truth.data, scores: scores.data, weights: spread });
  }
  const bySample = average === 'samples';
  const line = bySample ? rowOf : columnOf;
  const importance = new Float64Array(bySample ? truth.rows : truth.columns).fill(1);
  const each = importance.map((_, k) => {
    const positive = line(truth, k);
    if (bySample) importance[k] = weights?.[k] ?? 1;
    if (average === 'weighted') importance[k] = positive.reduce((sum, one, i) => sum + one * (weights?.[i] ?? 1), 0);
    return importance[k] === 0
      ? 0
      : score({ positive, scores: line(scores, k), weights: bySample ? undefined : weights });
  });
  if (average === null) return each;
  return average === 'weighted' && importance.every((one) => one === 0) ? 0 : weightedMean(each, importance);
}
