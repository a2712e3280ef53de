import type { Numbers } from '../../arguments/numbers';
import { HIT, IGNORED, MISSED } from '../averagePrecision';

/** The least overlap of a match: COCO's ten, made as numpy makes them. */
export const thresholds: readonly number[] = Array.from({ length: 10 }, (_, i) =>
  i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9),
);

/** Objects of which size count, in pixels: both ends belong to it. */
export const areas = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const;

export type Area = keyof typeof areas;

/** What matching asks of an object that is there. */
export interface Truth {
  area: number;
  /** A crowd takes any number of detections, and is ignored. */
  crowd: boolean;
  ignored: boolean;
}

/** How an image's detections of one class fared, by size of object. */
export interface Matches {
  /** How many objects there were to find. */
  positives: number;
  /** [thresholds, D]: MISSED, HIT or IGNORED. */
  outcomes: Uint8Array;
}

/**
 * Gives each detection, the surest first, the object it overlaps most and enough, if that is not taken, anew for each
 * threshold. Objects that are ignored come last: what counts is preferred to them, however small the overlap. A
 * detection that has none is ignored if it is of another size itself.
 *
 * @param overlaps - [D, T], the detections descending by score.
 * @param found - [D], the detections' areas.
 * @param truths - [T].
 */
export function match(overlaps: Numbers, found: readonly number[], truths: readonly Truth[], area: Area): Matches {
  const [least, most] = areas[area];
  const outside = (size: number) => size < least || size > most;
  const ignored = truths.map((truth) => truth.ignored || outside(truth.area));
  const order = [...truths.keys()].sort((a, b) => Number(ignored[a]) - Number(ignored[b]));
  const outcomes = new Uint8Array(thresholds.length * found.length);

  for (const [t, threshold] of thresholds.entries()) {
    const taken = new Set<number>();
    for (const [d, size] of found.entries()) {
      let best = -1;
      let highest = threshold;
      for (const g of order) {
        if (taken.has(g) && !truths[g]?.crowd) continue;
        if (best >= 0 && !ignored[best] && ignored[g]) break;
        const overlap = overlaps[d * truths.length + g] as number;
        if (overlap < highest) continue;
        highest = overlap;
        best = g;
      }
      if (best >= 0) taken.add(best);
      const counts = best >= 0 ? !ignored[best] : !outside(size);
      outcomes[t * found.length + d] = counts ? (best >= 0 ? HIT : MISSED) : IGNORED;
    }
  }
  return { positives: ignored.filter((is) => !is).length, outcomes };
}
