import { meanLoss, type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';

/**
 * The mean squared error.
 *
 *     Σ w (y − ŷ)² / Σ w
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function meanSquaredError<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreOutputs('meanSquaredError', yTrue, yPred, options, (output) => meanLoss(output, squared));
}

function squared(truth: number, prediction: number): number {
  return (truth - prediction) ** 2;
}
