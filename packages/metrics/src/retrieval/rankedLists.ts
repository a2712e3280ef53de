import { checkCount } from '../arguments/count';
import type { Label, Labels } from '../arguments/labels';
import { checkLength } from '../arguments/numbers';
import { checkWeights, type Weighted } from '../arguments/weights';
import { weightedMean } from '../statistics/mean';

export interface RankedOptions extends Weighted {
  /** How many places of each list count. */
  k: number;
}

/** What is relevant to one query, and at which of the first k places it came: 1, 2, … An item counts where it is first. */
export interface Found {
  relevant: number;
  /** Ascending, from 1. */
  places: number[];
}

/** Validates, finds the relevant items of each query among its first k, and takes the mean of their scores. */
export function meanOverQueries(
  caller: string,
  yTrue: ArrayLike<Labels>,
  yPred: ArrayLike<Labels>,
  { k, sampleWeight }: RankedOptions,
  score: (found: Found) => number,
): number {
  checkLength(caller, 'yTrue', yTrue);
  checkLength(caller, 'yPred', yPred, yTrue.length);
  checkWeights(caller, sampleWeight, yTrue.length);
  if (k !== Infinity) checkCount(caller, 'k', k);
  const scores = Float64Array.from({ length: yTrue.length }, (_, i) => {
    const relevant = items(caller, `yTrue[${i}]`, yTrue[i]);
    const ranked = [...items(caller, `yPred[${i}]`, yPred[i])];
    const places = ranked.flatMap((item, place) => (place < k && relevant.has(item) ? [place + 1] : []));
    return score({ relevant: relevant.size, places });
  });
  return weightedMean(scores, sampleWeight);
}

function items(caller: string, argument: string, list: Labels | undefined): Set<Label> {
  if (typeof list !== 'object' || list === null || !(list.length >= 0)) {
    throw new TypeError(`${caller}: ${argument} must be a list of items, got ${typeof list}`);
  }
  return new Set(Array.from<Label>(list));
}
