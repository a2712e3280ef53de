import { warn } from '../arguments/warn';
import { quantile, weightedQuantile } from '../statistics/quantile';
import { explained } from './explained';
import { type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';
import { checkAlpha, pinball } from './pinball';

/**
 * How much of the pinball loss of the best constant is explained.
 *
 *     1 − pinball(y, ŷ) / pinball(y, the α-quantile of y)
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @param options - `alpha`, the quantile, 0.5 if left out.
 * @returns 1 if perfect, 0 for an imperfect guess at a constant, NaN of fewer than two samples.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function d2PinballScore<Options extends RegressionOptions & { alpha?: number }>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  const alpha = options?.alpha ?? 0.5;
  checkAlpha('d2PinballScore', alpha);
  return scoreOutputs('d2PinballScore', yTrue, yPred, options, (output) => {
    const { truth, weights } = output;
    if (truth.length < 2) {
      warn('d2PinballScore', 'it takes two samples; the score is NaN');
      return Number.NaN;
    }
    const best = weights ? weightedQuantile(truth, weights, alpha) : quantile(truth, alpha);
    const constant = { truth, prediction: new Float64Array(truth.length).fill(best), weights };
    return explained(pinball(output, alpha), pinball(constant, alpha));
  });
}
