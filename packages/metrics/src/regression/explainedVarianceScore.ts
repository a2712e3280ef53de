import { meanLoss, type OutputScore, type Target } from './outputs';
import { scoreVariance, type VarianceOptions } from './varianceScores';

/**
 * How much of the variance is explained; other than `r2Score` it forgives a constant error.
 *
 *     1 − Var(y − ŷ) / Var(y)
 *
 * @param yTrue - [N], or [N, K] for K outputs.
 * @param yPred - the same shape.
 * @returns at most 1; of a constant target 1 if perfect, else 0.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function explainedVarianceScore<Options extends VarianceOptions>(
  yTrue: Target,
  yPred: Target,
  options?: Options,
): OutputScore<Options> {
  return scoreVariance('explainedVarianceScore', yTrue, yPred, options ?? {}, (output) => {
    const shift = meanLoss(output, (truth, prediction) => truth - prediction);
    const mean = meanLoss(output, (truth) => truth);
    return {
      loss: meanLoss(output, (truth, prediction) => (truth - prediction - shift) ** 2),
      reference: meanLoss(output, (truth) => (truth - mean) ** 2),
    };
  }) as OutputScore<Options>;
}
