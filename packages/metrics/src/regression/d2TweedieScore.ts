import type { Numbers } from '../arguments/numbers';
import { warn } from '../arguments/warn';
import type { Weighted } from '../arguments/weights';
import { weightedMean } from '../statistics/mean';
import { type Output, toOutputs } from './outputs';
import { checkTweedie, tweedie } from './tweedie';

/**
 * How much of the Tweedie deviance of the mean is explained.
 *
 *     1 − deviance(y, ŷ) / deviance(y, mean y)
 *
 * @param yTrue - [N]; not negative for powers from 1, positive from 2.
 * @param yPred - [N]; positive for powers other than 0.
 * @param options - `power`, 0 if left out; none lies between 0 and 1.
 * @returns at most 1; NaN of fewer than two samples.
 * @throws RangeError if lengths differ or a number is outside the domain of the power.
 */
export function d2TweedieScore(
  yTrue: Numbers,
  yPred: Numbers,
  { power = 0, sampleWeight }: Weighted & { power?: number } = {},
): number {
  const [output] = toOutputs('d2TweedieScore', yTrue, yPred, sampleWeight) as [Output];
  checkTweedie('d2TweedieScore', output, power);
  if (yTrue.length < 2) {
    warn('d2TweedieScore', 'it takes two samples; the score is NaN');
    return Number.NaN;
  }
  const mean = weightedMean(yTrue, sampleWeight);
  const constant = { ...output, prediction: new Float64Array(yTrue.length).fill(mean) };
  return 1 - tweedie(output, power) / tweedie(constant, power);
}
