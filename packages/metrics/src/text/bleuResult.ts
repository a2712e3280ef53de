import type { BleuCounts } from './bleuCounts';
import { type BleuOptions, signatureOf } from './bleuOptions';

export interface BleuResult {
  /** From 0 to 100. */
  score: number;
  /** [maxOrder], of the n-grams of each order, in percent and smoothed. */
  precisions: number[];
  /** exp(1 − referenceLength / hypothesisLength) when the hypotheses are shorter, otherwise 1. */
  brevityPenalty: number;
  /** In tokens. */
  hypothesisLength: number;
  /** In tokens, of each sentence's reference that is nearest in length. */
  referenceLength: number;
  /** What decided the score, to be printed with it. */
  signature: string;
}

/** The score that counts come to: the brevity penalty times the geometric mean of the precisions. */
export function bleuResult(counts: BleuCounts, options: Required<BleuOptions>): BleuResult {
  const { hypothesisLength, referenceLength } = counts;
  const [first] = counts.references;
  const signature = signatureOf(options, counts.references.size > 1 ? 'var' : (first ?? 0));
  const brevityPenalty = hypothesisLength < referenceLength ? Math.exp(1 - referenceLength / hypothesisLength) : 1;
  const precisions = new Array<number>(options.maxOrder).fill(0);
  const rest = { precisions, brevityPenalty, hypothesisLength, referenceLength, signature };
  if (counts.matches.every((count) => count === 0)) return { score: 0, ...rest };

  let unmatched = 0;
  let orders = 0;
  for (const [i, count] of counts.matches.entries()) {
    const added = options.smooth === 'add-k' && i > 0 ? options.smoothValue : 0;
    const total = (counts.totals[i] as number) + added;
    if (total === 0) break;
    orders++;
    let matches = count + added;
    if (matches === 0) {
      unmatched++;
      if (options.smooth === 'exp') matches = 1 / 2 ** unmatched;
      if (options.smooth === 'floor') matches = options.smoothValue;
    }
    precisions[i] = (100 * matches) / total;
  }
  const used = precisions.slice(0, options.effectiveOrder ? orders : options.maxOrder);
  const logs = used.reduce((sum, precision) => sum + Math.log(precision), 0);
  return { score: brevityPenalty * Math.exp(logs / used.length), ...rest };
}
