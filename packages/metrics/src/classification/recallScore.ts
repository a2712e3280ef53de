import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import { type Average, type AverageOptions, averageRatios, countFor } from './average';
import { recallRatio } from './ratioScores';

/**
 * How many of the class are found.
 *
 *     TP / (TP + FN)
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yPred - the same shape.
 * @param options - `average`, 'binary' if left out; with null the scores of all classes, [K].
 * @throws RangeError if shapes differ, or a binary score is asked of more than two classes.
 */
export function recallScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options?: AverageOptions & { average?: Average },
): number;
export function recallScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { average: null },
): Float64Array;
export function recallScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { average?: Average | null } = {},
): number | Float64Array {
  const { average = 'binary' } = options;
  return averageRatios(countFor('recallScore', yTrue, yPred, options, average), recallRatio);
}
