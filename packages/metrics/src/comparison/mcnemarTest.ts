import { encodeLabels, type Labels } from '../arguments/labels';
import { bothTails } from '../statistics/normalTail';

export interface McnemarOptions {
  /** The binomial test instead of the χ² one; if left out where fewer than 25 samples tell the two apart. */
  exact?: boolean;
  /** Edwards' correction for continuity of the χ² test; true if left out. */
  correction?: boolean;
}

export interface McnemarResult {
  /** Samples that only the first has right. */
  onlyFirst: number;
  /** Samples that only the second has right. */
  onlySecond: number;
  /** χ² of one degree of freedom, or, if exact, the smaller of the two counts. */
  statistic: number;
  /** How probable so large a difference is if both are equally good. */
  pValue: number;
}

/**
 * Whether one classifier is better than another on the same samples, by those that only one of them has right.
 *
 * Reference: McNemar 1947, "Note on the sampling error of the difference between correlated proportions".
 *
 * @param yTrue - [N] labels.
 * @param first - [N], what the first says.
 * @param second - [N], what the second says.
 * @throws RangeError if lengths differ.
 */
export function mcnemarTest(yTrue: Labels, first: Labels, second: Labels, options: McnemarOptions = {}): McnemarResult {
  const [truth, one, other] = encodeLabels('mcnemarTest', { yTrue, first, second }).codes as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let [onlyFirst, onlySecond] = [0, 0];
  for (const [i, own] of truth.entries()) {
    if (one[i] === own && other[i] !== own) onlyFirst++;
    if (one[i] !== own && other[i] === own) onlySecond++;
  }
  const differing = onlyFirst + onlySecond;
  const { exact = differing < 25, correction = true } = options;
  if (exact) {
    const statistic = Math.min(onlyFirst, onlySecond);
    return { onlyFirst, onlySecond, statistic, pValue: Math.min(1, 2 * fairCoinAtMost(statistic, differing)) };
  }
  const excess = Math.max(Math.abs(onlyFirst - onlySecond) - Number(correction), 0);
  const statistic = differing === 0 ? 0 : excess ** 2 / differing;
  return { onlyFirst, onlySecond, statistic, pValue: bothTails(Math.sqrt(statistic)) };
}

/** How probable it is that a fair coin, thrown n times, shows heads at most k times. */
function fairCoinAtMost(k: number, n: number): number {
  let logTerm = -n * Math.LN2;
  for (let i = 0; i < k; i++) logTerm += Math.log((n - i) / (i + 1));
  let [term, total] = [1, 1]; // each as a share of the likeliest, which is the last
  for (let i = k; i > 0; i--) {
    term *= i / (n - i + 1);
    total += term;
  }
  return Math.exp(logTerm) * total;
}
