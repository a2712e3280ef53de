import { warn } from '../arguments/warn';
import { weightedMean } from '../statistics/mean';
import { meanLoss, type OutputScore, type Target } from './outputs';
import { scoreVariance, type VarianceOptions } from './varianceScores';

/**
 * The coefficient of determination: how much of the squared error of the mean is explained.
 *
 *     1 − Σ w (y − ŷ)² / Σ w (y − mean y)²
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @returns at most 1; of a constant target 1 if perfect, else 0; NaN, with a warning, of fewer than two samples.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function r2Score<Options extends VarianceOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  let samples = 0;
  const score = scoreVariance('r2Score', yTrue, yPred, options ?? {}, (output) => {
    samples = output.truth.length;
    const mean = weightedMean(output.truth, output.weights);
    return {
      loss: meanLoss(output, (truth, prediction) => (truth - prediction) ** 2),
      reference: meanLoss(output, (truth) => (truth - mean) ** 2),
    };
  });
  if (samples > 1) return score as OutputScore<Options>;
  warn('r2Score', 'it takes two samples; the score is NaN');
  return (typeof score === 'number' ? Number.NaN : score.fill(Number.NaN)) as OutputScore<Options>;
}
