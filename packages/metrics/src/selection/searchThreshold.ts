import { describe } from '../arguments/describe';
import type { Labels } from '../arguments/labels';
import type { Numbers } from '../arguments/numbers';
import { type CurveOptions, scoredSamples } from '../ranking/scoredSamples';
import { classWeights, walkThresholds } from '../ranking/walkThresholds';

/** What a threshold makes of the samples, by weight. */
export interface ThresholdCounts {
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

const objectives = {
  accuracy: ({ truePositives: tp, trueNegatives: tn, falsePositives: fp, falseNegatives: fn }: ThresholdCounts) =>
    (tp + tn) / (tp + tn + fp + fn),
  balancedAccuracy: ({ truePositives: tp, trueNegatives: tn, falsePositives: fp, falseNegatives: fn }) =>
    (tp / (tp + fn) + tn / (tn + fp)) / 2,
  f1: ({ truePositives: tp, falsePositives: fp, falseNegatives: fn }) => (2 * tp) / (2 * tp + fp + fn),
} satisfies Record<string, (counts: ThresholdCounts) => number>;

export interface ThresholdOptions extends CurveOptions {
  /** What shall be as large as it can be; a threshold where it is NaN is passed over. `'f1'` if left out. */
  maximize?: keyof typeof objectives | ((counts: ThresholdCounts) => number);
}

export interface FoundThreshold {
  /** Positive is what is scored at least so high; Infinity if nothing should be. */
  threshold: number;
  /** What was to be maximized, there. */
  value: number;
  counts: ThresholdCounts;
}

/**
 * The threshold at which a score of the counts is largest; of several the highest. O(N): every threshold is tried.
 *
 * @param yTrue - [N] labels of two classes.
 * @param yScore - [N].
 * @param options - `posLabel`, the class that high scores speak for, 1 if left out.
 * @throws RangeError if there are more than two classes, or what shall be maximized is nowhere a number.
 */
export function searchThreshold(yTrue: Labels, yScore: Numbers, options: ThresholdOptions = {}): FoundThreshold {
  const { posLabel = 1, sampleWeight, maximize = 'f1' } = options;
  const objective = typeof maximize === 'function' ? maximize : objectives[maximize];
  if (objective === undefined) {
    const names = Object.keys(objectives).map(describe).join(', ');
    throw new RangeError(`searchThreshold: maximize must be a function, ${names}, got ${describe(maximize)}`);
  }
  const samples = scoredSamples('searchThreshold', yTrue, yScore, sampleWeight, posLabel);
  const { positives, negatives } = classWeights(samples);
  let best: FoundThreshold | undefined;
  const consider = (threshold: number, truePositives: number, falsePositives: number): void => {
    const falseNegatives = positives - truePositives;
    const counts = { truePositives, falsePositives, trueNegatives: negatives - falsePositives, falseNegatives };
    const value = objective(counts);
    if (value > (best?.value ?? -Infinity)) best = { threshold, value, counts };
  };
  consider(Infinity, 0, 0);
  walkThresholds(samples, consider);
  if (!best) throw new RangeError('searchThreshold: maximize must be a number somewhere, got NaN at every threshold');
  return best;
}
