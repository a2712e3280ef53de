import type { Numbers } from '../arguments/numbers';
import type { Weighted } from '../arguments/weights';
import { type Output, toOutputs } from './outputs';
import { checkTweedie, tweedie } from './tweedie';

/**
 * The mean deviance of a Tweedie distribution: of powers 0 the squared error, 1 Poisson, 2 gamma, 3 inverse Gaussian.
 *
 *     2 (max(y, 0)²⁻ᵖ / ((1 − p) (2 − p)) − y ŷ¹⁻ᵖ / (1 − p) + ŷ²⁻ᵖ / (2 − p))
 *
 * Reference: Jørgensen 1987, "Exponential dispersion models".
 *
 * @param yTrue - [N]; not negative for powers from 1, positive from 2.
 * @param yPred - [N]; positive for powers other than 0.
 * @param options - `power`, 0 if left out; none lies between 0 and 1.
 * @throws RangeError if lengths differ or a number is outside the domain of the power.
 */
export function meanTweedieDeviance(
  yTrue: Numbers,
  yPred: Numbers,
  { power = 0, sampleWeight }: Weighted & { power?: number } = {},
): number {
  const [output] = toOutputs('meanTweedieDeviance', yTrue, yPred, sampleWeight) as [Output];
  checkTweedie('meanTweedieDeviance', output, power);
  return tweedie(output, power);
}
