import type { Labels } from '../arguments/labels';
import type { Numbers } from '../arguments/numbers';
import { orderDescending } from '../ranking/orderDescending';
import { type ScoredSamples, scoredSamples } from '../ranking/scoredSamples';
import { weightedMean } from '../statistics/mean';
import { bothTails } from '../statistics/normalTail';

export interface DelongResult {
  /** The area under the ROC curve of the first scores. */
  aucFirst: number;
  /** The area under the ROC curve of the second scores. */
  aucSecond: number;
  /** The first less the second. */
  difference: number;
  /** Of the difference. */
  standardError: number;
  /** The difference in standard errors. */
  z: number;
  /** How probable so large a difference is if both are equally good. */
  pValue: number;
}

/**
 * Whether one score ranks better than another on the same samples: their areas under the ROC curve, with the variance of
 * the difference from how each sample compares with those of the other class. O(N log N).
 *
 * Reference: DeLong et al. 1988, "Comparing the areas under two or more correlated receiver operating characteristic
 * curves"; Sun & Xu 2014 for the ranks.
 *
 * @param yTrue - [N] labels of two classes, of which the larger is positive; two samples of each or more.
 * @param first - [N] scores.
 * @param second - [N] scores.
 * @throws RangeError if lengths differ, a score is not finite, or a class has fewer than two samples.
 */
export function delongTest(yTrue: Labels, first: Numbers, second: Numbers): DelongResult {
  const [one, other] = [first, second].map((scores, k) =>
    shares(scoredSamples('delongTest', yTrue, scores, undefined, null, k ? 'second' : 'first')),
  ) as [Shares, Shares];
  const { positives, negatives } = one;
  if (Math.min(positives.length, negatives.length) < 2) {
    throw new RangeError('delongTest: yTrue must have two samples of each class or more');
  }
  const [aucFirst, aucSecond] = [weightedMean(one.positives), weightedMean(other.positives)];
  const difference = aucFirst - aucSecond;
  const spread = (a: Float64Array, b: Float64Array): number =>
    variance(a.map((share, i) => share - (b[i] as number))) / a.length;
  const standardError = Math.sqrt(spread(positives, other.positives) + spread(negatives, other.negatives));
  const z = difference === 0 ? 0 : difference / standardError;
  return { aucFirst, aucSecond, difference, standardError, z, pValue: bothTails(z) };
}

interface Shares {
  /** Of each positive, the share of negatives that it is above; equal ones count half. */
  positives: Float64Array;
  /** Of each negative, the share of positives that it is below. */
  negatives: Float64Array;
}

/** Walks the scores downwards, group by group of equal ones. */
function shares({ positive, scores }: ScoredSamples): Shares {
  const order = orderDescending(scores);
  const total = Array.from(positive).reduce((sum, one) => sum + one, 0);
  const others = order.length - total;
  const found: Shares = { positives: new Float64Array(total), negatives: new Float64Array(others) };
  const slot = new Uint32Array(order.length); // of each sample, its place among those of its class
  for (let i = 0, seen = 0; i < slot.length; i++) {
    slot[i] = positive[i] ? seen : i - seen;
    seen += Number(positive[i]);
  }
  let [above, othersAbove] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let [end, equal] = [start, 0];
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      equal += Number(positive[order[end++] as number]);
    }
    const othersEqual = end - start - equal;
    for (const i of order.subarray(start, end)) {
      const place = slot[i] as number;
      if (positive[i]) found.positives[place] = (others - othersAbove - othersEqual / 2) / others;
      else found.negatives[place] = (above + equal / 2) / total;
    }
    above += equal;
    othersAbove += othersEqual;
    start = end;
  }
  return found;
}

function variance(values: Float64Array): number {
  const mean = weightedMean(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
