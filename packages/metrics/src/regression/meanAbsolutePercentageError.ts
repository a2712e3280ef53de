import { meanLoss, type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';

/**
 * The mean absolute error, each as a share of what is true; 1 is 100 %.
 *
 *     Σ w |y − ŷ| / max(|y|, 2⁻⁵²) / Σ w
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function meanAbsolutePercentageError<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreOutputs('meanAbsolutePercentageError', yTrue, yPred, options, (output) =>
    meanLoss(output, (truth, prediction) => Math.abs(truth - prediction) / Math.max(Math.abs(truth), 2 ** -52)),
  );
}
