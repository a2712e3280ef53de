import { quantileOfSorted, weightedQuantile } from '../statistics/quantile';
import { type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';

/**
 * The median absolute error; of weighted samples the smallest error with half the weight at or below it.
 *
 *     median |y − ŷ|
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function medianAbsoluteError<Options extends RegressionOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreOutputs('medianAbsoluteError', yTrue, yPred, options, ({ truth, prediction, weights }) => {
    const errors = new Float64Array(truth.length);
    for (let i = 0; i < errors.length; i++) errors[i] = Math.abs((truth[i] as number) - (prediction[i] as number));
    return weights ? weightedQuantile(errors, weights, 0.5) : quantileOfSorted(errors.sort(), 0.5);
  });
}
