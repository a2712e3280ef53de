import { checkCount } from '../arguments/count';
import { type Matrix, rowOf, toMatrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { checkWeights, type Weighted } from '../arguments/weights';
import { orderDescending } from '../ranking/orderDescending';

export interface GainOptions extends Weighted {
  /** Only the first k places count; all if left out. */
  k?: number | null;
  /** true: equal scores stay in the order in which they came, which is faster where there are none. */
  ignoreTies?: boolean;
}

/** One query: how relevant its D documents are, and how they are scored. */
export interface Query {
  /** [D]. */
  relevance: Float64Array;
  /** [D]. */
  scores: Float64Array;
}

/** Validates and formats: each query by itself. */
export function toQueries(caller: string, yTrue: Matrix, yScore: Matrix, { k, sampleWeight }: GainOptions): Query[] {
  const truth = toMatrix(caller, 'yTrue', yTrue);
  const scores = toMatrix(caller, 'yScore', yScore, truth.rows, truth.columns);
  checkWeights(caller, sampleWeight, truth.rows);
  if (k != null) checkCount(caller, 'k', k);
  return Array.from({ length: truth.rows }, (_, i) => ({ relevance: rowOf(truth, i), scores: rowOf(scores, i) }));
}

/** [D], what a gain at each place is worth: `1 / log_b(place + 1)`, and 0 beyond k. */
export function discounts(length: number, k: number | null | undefined, logBase = 2): Float64Array {
  const last = k ?? length;
  return Float64Array.from({ length }, (_, i) => (i < last ? Math.log(logBase) / Math.log(i + 2) : 0));
}

/** The discounted gain of one query; documents of equal score share the mean of their gains. */
export function discountedGain({ relevance, scores }: Query, discount: Numbers, ignoreTies = false): number {
  const order = orderDescending(scores);
  let gain = 0;
  for (let start = 0; start < order.length; ) {
    let [end, gains, worth] = [start, 0, 0];
    do {
      gains += relevance[order[end] as number] as number;
      worth += discount[end] as number;
      end++;
    } while (!ignoreTies && end < order.length && scores[order[end] as number] === scores[order[start] as number]);
    gain += (gains / (end - start)) * worth;
    start = end;
  }
  return gain;
}
