import { sortDescending } from './orderDescending';
import type { ScoredSamples } from './scoredSamples';
import { walkThresholds } from './walkThresholds';

/** After each distinct score, from the largest down: [T] thresholds; and [T + 1] counts, the first of nothing at all. */
export interface CountsCurve {
  thresholds: Float64Array;
  truePositives: Float64Array;
  falsePositives: Float64Array;
}

type Visit = (threshold: number, hits: number, alarms: number) => void;

/**
 * The whole walk over the thresholds, kept. It is gone twice, first to count, so that nothing takes room but the curve.
 *
 * @param onlyCorners - leaves out points inside straight lines.
 */
export function countsCurve(samples: ScoredSamples, onlyCorners = false): CountsCurve {
  const descending = sortDescending(samples.scores);
  const walk = (visit: Visit): void => {
    if (onlyCorners) walkCorners((corner) => walkThresholds(samples, corner, descending), visit);
    else walkThresholds(samples, visit, descending);
  };
  let size = 0;
  walk(() => size++);
  const truePositives = new Float64Array(size + 1);
  const falsePositives = new Float64Array(size + 1);
  const { sorted } = descending;
  let i = 0;
  walk((threshold, hits, alarms) => {
    sorted[i++] = threshold; // the walk is past this place
    truePositives[i] = hits;
    falsePositives[i] = alarms;
  });
  const thresholds = 2 * size < sorted.length ? sorted.slice(0, size) : sorted.subarray(0, size);
  return { thresholds, truePositives, falsePositives };
}

/** The points of a walk at which it turns, its first and its last. */
function walkCorners(walk: (visit: Visit) => void, visit: Visit): void {
  let before: [number, number] | undefined;
  let here: [number, number, number] | undefined;
  walk((threshold, hits, alarms) => {
    if (here) {
      const [at, x, y] = here;
      if (!before || hits - x !== x - before[0] || alarms - y !== y - before[1]) visit(at, x, y);
      before = [x, y];
    }
    here = [threshold, hits, alarms];
  });
  if (here) visit(...here);
}
