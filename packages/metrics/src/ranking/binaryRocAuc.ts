import { warn } from '../arguments/warn';
import type { ScoredSamples } from './scoredSamples';
import { classWeights, walkThresholds } from './walkThresholds';

/**
 * The area under the ROC curve of two classes by trapezoids, so that equal scores count half.
 *
 * @param maxFpr - up to this false-positive rate only, rescaled so that chance stays 0.5 and perfection 1.
 * @returns NaN, with a warning, if there is only one class.
 */
export function binaryRocAuc(caller: string, samples: ScoredSamples, maxFpr = 1): number {
  const { positives, negatives } = classWeights(samples);
  if (positives === 0 || negatives === 0) {
    warn(caller, 'yTrue has only one class; the area is NaN');
    return Number.NaN;
  }
  const most = maxFpr * negatives;
  let [area, lastHits, lastAlarms] = [0, 0, 0];
  walkThresholds(samples, (_, hits, alarms) => {
    if (alarms > lastAlarms && lastAlarms < most) {
      const width = maxFpr < 1 ? Math.min(alarms, most) - lastAlarms : alarms - lastAlarms;
      const end = lastHits + ((hits - lastHits) * width) / (alarms - lastAlarms);
      area += (width * (lastHits + end)) / 2;
    }
    lastHits = hits;
    lastAlarms = alarms;
  });
  const share = area / (positives * negatives);
  if (maxFpr === 1) return share;
  const chance = maxFpr ** 2 / 2;
  return (1 + (share - chance) / (maxFpr - chance)) / 2;
}
