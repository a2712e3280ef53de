import { meanLoss, type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';

/**
 * The root of the mean squared error, of each output by itself.
 *
 *     √(Σ w (y − ŷ)² / Σ w)
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function rootMeanSquaredError<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreOutputs('rootMeanSquaredError', yTrue, yPred, options, (output) =>
    Math.sqrt(meanLoss(output, (truth, prediction) => (truth - prediction) ** 2)),
  );
}
