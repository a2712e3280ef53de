import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import { type Average, type AverageOptions, averageRatios, countFor } from './average';
import { checkBeta, fbetaRatio } from './ratioScores';

/**
 * The weighted harmonic mean of precision and recall, from counts.
 *
 *     (1 + β²) TP / (β² (TP + FN) + TP + FP)
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yPred - the same shape.
 * @param options - `beta`: recall counts so many times as much as precision; `average`, 'binary' if left out; with null the scores of all classes, [K].
 * @throws RangeError if shapes differ, or a binary score is asked of more than two classes.
 */
export function fbetaScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { beta: number; average?: Average },
): number;
export function fbetaScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { beta: number; average: null },
): Float64Array;
export function fbetaScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions & { beta: number; average?: Average | null },
): number | Float64Array {
  const { average = 'binary', beta } = options;
  checkBeta('fbetaScore', beta);
  return averageRatios(countFor('fbetaScore', yTrue, yPred, options, average), fbetaRatio(beta));
}
