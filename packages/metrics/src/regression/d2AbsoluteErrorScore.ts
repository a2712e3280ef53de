import { d2PinballScore } from './d2PinballScore';
import type { OutputScore, RegressionOptions, Target } from './outputs';

/**
 * How much of the absolute error of the best constant, the median, is explained.
 *
 *     1 − Σ w |y − ŷ| / Σ w |y − median y|
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @returns 1 if perfect, 0 for an imperfect guess at a constant, NaN of fewer than two samples.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function d2AbsoluteErrorScore<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return d2PinballScore(yTrue, yPred, options);
}
