import { type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';
import { squaredLogError } from './squaredLogError';

/**
 * The root of the mean squared error of the logarithms, of each output by itself.
 *
 *     √(Σ w (log(1 + y) − log(1 + ŷ))² / Σ w)
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ or a number is not finite, or is negative.
 */
export function rootMeanSquaredLogError<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreOutputs('rootMeanSquaredLogError', yTrue, yPred, options, (output) =>
    Math.sqrt(squaredLogError('rootMeanSquaredLogError', output)),
  );
}
