import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import type { Weighted } from '../arguments/weights';
import { exactMatches } from './exactMatches';

/**
 * The share of samples that are right; of several labels a sample, all must be.
 *
 * @param yTrue - [N] labels, or [N, K] indicators.
 * @param yPred - the same shape.
 * @param options - `normalize: false` gives their weight instead of their share.
 * @throws RangeError if shapes differ.
 */
export function accuracyScore(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: Weighted & { normalize?: boolean } = {},
): number {
  const { right, total } = exactMatches('accuracyScore', yTrue, yPred, options);
  return options.normalize === false ? right : right / total;
}
