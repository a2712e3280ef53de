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
      weights && Float64Array.from(truth.data, (_, cell) => weights[Math.floor(cell / truth.columns)] as number);
    return score({ positive: truth.data, scores: scores.data, weights: spread });
  }
  if (average === 'samples') {
    const each = Float64Array.from({ length: truth.rows }, (_, i) =>
      weights?.[i] === 0 ? 0 : score({ positive: rowOf(truth, i), scores: rowOf(scores, i), weights: undefined }),
    );
    return weightedMean(each, weights);
  }
  const support = new Float64Array(truth.columns);
  const each = Float64Array.from(support, (_, j) => {
    const positive = columnOf(truth, j);
    support[j] = positive.reduce((sum, one, i) => sum + one * (weights ? (weights[i] as number) : 1), 0);
    if (average === 'weighted' && support[j] === 0) return 0;
    return score({ positive, scores: columnOf(scores, j), weights });
  });
  if (average === null) return each;
  if (average === 'macro') return weightedMean(each);
  return support.every((one) => one === 0) ? 0 : weightedMean(each, support);
}
