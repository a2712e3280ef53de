import { warn } from '../arguments/warn';

/**
 * Weight of negatives and of positives by score: [T · 2], for each of T equal parts of [0, 1], ascending, the negatives
 * and then the positives. Samples of one part are as of one score.
 */
export type BinnedCounts = ArrayLike<number>;

/** Goes down the parts, and says after each how much weight of positives and of negatives is in it and above. */
function walkDown(counts: BinnedCounts, visit: (hits: number, alarms: number) => void): void {
  let [hits, alarms] = [0, 0];
  for (let bin = counts.length - 2; bin >= 0; bin -= 2) {
    alarms += counts[bin] as number;
    hits += counts[bin + 1] as number;
    visit(hits, alarms);
  }
}

/** The area under the ROC curve by trapezoids; NaN, with a warning, if there is only one class. */
export function binnedRocAuc(counts: BinnedCounts): number {
  let [area, lastHits, lastAlarms] = [0, 0, 0];
  walkDown(counts, (hits, alarms) => {
    area += ((alarms - lastAlarms) * (hits + lastHits)) / 2;
    lastHits = hits;
    lastAlarms = alarms;
  });
  if (lastHits * lastAlarms === 0) warn('StreamingRocAuc', 'yTrue has only one class; the area is NaN');
  return area / (lastHits * lastAlarms);
}

/** Precision, averaged over the steps of recall; 0, with a warning, if no sample is positive. */
export function binnedAveragePrecision(counts: BinnedCounts): number {
  let [total, lastHits] = [0, 0];
  walkDown(counts, (hits, alarms) => {
    if (hits > lastHits) total += ((hits - lastHits) * hits) / (hits + alarms);
    lastHits = hits;
  });
  if (lastHits > 0) return total / lastHits;
  warn('StreamingAveragePrecision', 'yTrue has no positive sample; the score is 0');
  return 0;
}
