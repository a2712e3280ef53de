import { meanLoss, type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';

/**
 * The mean absolute error.
 *
 *     Σ w |y − ŷ| / Σ w
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function meanAbsoluteError<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreOutputs('meanAbsoluteError', yTrue, yPred, options, (output) =>
    meanLoss(output, (truth, prediction) => Math.abs(truth - prediction)),
  );
}
