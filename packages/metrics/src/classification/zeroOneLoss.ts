import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import type { Weighted } from '../arguments/weights';
import { exactMatches } from './exactMatches';

/**
 * The share of samples that are wrong; of several labels a sample, one wrong one is enough.
 *
 * @param yTrue - [N] labels, or [N, K] indicators.
 * @param yPred - the same shape.
 * @param options - `normalize: false` gives their weight instead of their share.
 * @throws RangeError if shapes differ.
 */
export function zeroOneLoss(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: Weighted & { normalize?: boolean } = {},
): number {
  const { right, total } = exactMatches('zeroOneLoss', yTrue, yPred, options);
  return options.normalize === false ? total - right : 1 - right / total;
}
