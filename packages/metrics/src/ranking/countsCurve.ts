import { orderDescending } from './orderDescending';
import type { ScoredSamples } from './scoredSamples';
import { walkThresholds } from './walkThresholds';

/** A point at which nothing is positive yet, and one after each distinct score from the largest down: [T + 1] each. */
export interface CountsCurve {
  /** The first is Infinity. */
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
  const order = orderDescending(samples.scores);
  const walk = (visit: Visit): void => {
    if (onlyCorners) walkCorners((corner) => walkThresholds(samples, corner, order), visit);
    else walkThresholds(samples, visit, order);
  };
  let size = 1;
  walk(() => size++);
  const [thresholds, truePositives, falsePositives] = Array.from(
    { length: 3 },
    () => new Float64Array(size),
  ) as Columns;
  thresholds[0] = Infinity;
  let i = 1;
  walk((threshold, hits, alarms) => {
    thresholds[i] = threshold;
    truePositives[i] = hits;
    falsePositives[i++] = alarms;
  });
  return { thresholds, truePositives, falsePositives };
}

type Columns = [Float64Array, Float64Array, Float64Array];

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
