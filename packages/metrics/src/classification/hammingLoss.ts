import type { Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import type { Weighted } from '../arguments/weights';
import { exactMatches } from './exactMatches';
import { countOutcomes } from './outcomes';

/**
 * The share of labels that are wrong.
 *
 * @param yTrue - [N] labels, or [N, K] indicators.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ.
 */
export function hammingLoss(yTrue: Labels | Matrix, yPred: Labels | Matrix, options: Weighted = {}): number {
  if (!isMatrix(yTrue) && !isMatrix(yPred)) {
    const { right, total } = exactMatches('hammingLoss', yTrue, yPred, options);
    return (total - right) / total;
  }
  const { hits, actual, predicted, total } = countOutcomes('hammingLoss', yTrue, yPred, options);
  const wrong = hits.reduce((sum, hit, k) => sum + (actual[k] as number) + (predicted[k] as number) - 2 * hit, 0);
  return wrong / (total * hits.length);
}
