import type { ScoredSamples } from './scoredSamples';
import { walkThresholds } from './walkThresholds';

/** After each distinct score, from the largest down: [T] each. */
export interface CountsCurve {
  thresholds: number[];
  truePositives: number[];
  falsePositives: number[];
}

/** The whole walk over the thresholds, kept. */
export function countsCurve(samples: ScoredSamples): CountsCurve {
  const curve: CountsCurve = { thresholds: [], truePositives: [], falsePositives: [] };
  walkThresholds(samples, (threshold, hits, alarms) => {
    curve.thresholds.push(threshold);
    curve.truePositives.push(hits);
    curve.falsePositives.push(alarms);
  });
  return curve;
}
