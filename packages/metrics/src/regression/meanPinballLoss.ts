import { type OutputScore, type RegressionOptions, scoreOutputs, type Target } from './outputs';
import { checkAlpha, pinball } from './pinball';

/**
 * The loss whose best guess is a quantile.
 *
 *     Σ w max(α (y − ŷ), (α − 1) (y − ŷ)) / Σ w
 *
 * Reference: Koenker & Bassett 1978, "Regression quantiles".
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @param options - `alpha`, the quantile, 0.5 if left out.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function meanPinballLoss<Options extends RegressionOptions & { alpha?: number }>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  const alpha = options?.alpha ?? 0.5;
  checkAlpha('meanPinballLoss', alpha);
  return scoreOutputs('meanPinballLoss', yTrue, yPred, options, (output) => pinball(output, alpha));
}
