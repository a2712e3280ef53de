import { sortDescending } from './orderDescending';
import type { ScoredSamples } from './scoredSamples';

/**
 * Lowers the threshold from the largest score to the smallest, and says after each distinct one how much weight of
 * positives and of negatives is at or above it. Samples of weight 0 make no threshold.
 */
export function walkThresholds(
  { positive, scores, weights }: ScoredSamples,
  visit: (threshold: number, truePositives: number, falsePositives: number) => void,
  { order, sorted } = sortDescending(scores),
): void {
  let [threshold, hits, alarms] = [Number.NaN, 0, 0];
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    const weight = weights ? (weights[i] as number) : 1;
    if (weight === 0) continue;
    const score = sorted[k] as number;
    if (score !== threshold && hits + alarms > 0) visit(threshold, hits, alarms);
    threshold = score;
    if (positive[i]) hits += weight;
    else alarms += weight;
  }
  if (hits + alarms > 0) visit(threshold, hits, alarms);
}

/** How much weight of positives and of negatives there is. */
export function classWeights({ positive, weights }: ScoredSamples): { positives: number; negatives: number } {
  let [positives, negatives] = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    if (positive[i]) positives += weight;
    else negatives += weight;
  }
  return { positives, negatives };
}
