import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import { sum } from '../statistics/mean';
import { type Average, type AverageOptions, averageRatios, countFor } from './average';
import { jaccardRatio } from './ratioScores';

/**
 * How far those of the class and those said to be overlap.
 *
 *     TP / (TP + FP + FN)
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yPred - the same shape.
 * @param options - `average`, 'binary' if left out; with null the scores of all classes, [K].
 * @throws RangeError if shapes differ, or a binary score is asked of more than two classes.
 */
export function jaccardScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options?: AverageOptions & { average?: Average },
): number;
export function jaccardScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { average: null },
): Float64Array;
export function jaccardScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { average?: Average | null } = {},
): number | Float64Array {
  const { average = 'binary' } = options;
  const counted = countFor('jaccardScore', yTrue, yPred, options, average);
  // Where no class that is asked for occurs there is nothing to weigh by: as in scikit-learn they count alike.
  if (average === 'weighted' && !sum(counted.outcomes.actual)) counted.average = 'macro';
  return averageRatios(counted, jaccardRatio);
}
