import type { Labels } from '../arguments/labels';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { type CurveOptions, scoredSamples } from '../ranking/scoredSamples';

/**
 * The mean squared difference of a probability from what came: `Σ w (p − y)² / Σ w`.
 *
 * Reference: Brier 1950, "Verification of forecasts expressed in terms of probability".
 *
 * @param yTrue - [N] labels of two classes.
 * @param yProb - [N], the probability of the positive class.
 * @param options - `posLabel`, the positive class, 1 if left out.
 * @throws RangeError if there are more than two classes, or a probability is outside [0, 1].
 */
export function brierScoreLoss(
  yTrue: Labels,
  yProb: Numbers,
  { posLabel = 1, sampleWeight }: CurveOptions = {},
): number {
  const { positive } = scoredSamples('brierScoreLoss', yTrue, yProb, sampleWeight, posLabel, 'yProb');
  checkNumbers('brierScoreLoss', 'yProb', yProb, positive.length, 0, 1);
  let [total, weight] = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    const w = sampleWeight ? (sampleWeight[i] as number) : 1;
    total += w * ((yProb[i] as number) - (positive[i] as number)) ** 2;
    weight += w;
  }
  return total / weight;
}
