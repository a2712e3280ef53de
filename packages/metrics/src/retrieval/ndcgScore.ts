import type { Matrix } from '../arguments/matrix';
import { checkNumbers } from '../arguments/numbers';
import { weightedMean } from '../statistics/mean';
import { discountedGain, discounts, type GainOptions, toQueries } from './gains';

/**
 * The discounted cumulative gain as a share of what the best ranking gains, on the mean over queries; equal scores share
 * the mean of their gains.
 *
 * Reference: Järvelin & Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques"; McSherry & Najork 2008 for
 * ties.
 *
 * @param yTrue - [N, D], how relevant each document is to each query, at least 0.
 * @param yScore - [N, D].
 * @param options - `k`, how many places count.
 * @returns 0 … 1; a query without relevant documents gets 0.
 * @throws RangeError if shapes differ, a relevance is negative, or there is only one document.
 */
export function ndcgScore(yTrue: Matrix, yScore: Matrix, options: GainOptions = {}): number {
  const { k, ignoreTies, sampleWeight } = options;
  const queries = toQueries('ndcgScore', yTrue, yScore, options);
  const discount = discounts(queries[0]?.scores.length ?? 0, k);
  if (discount.length < 2) throw new RangeError('ndcgScore: yTrue must have 2 documents or more, got 1');
  const gains = queries.map((query, i) => {
    checkNumbers('ndcgScore', `yTrue[${i}]`, query.relevance, discount.length, 0);
    const best = discountedGain({ relevance: query.relevance, scores: query.relevance }, discount, true);
    return best === 0 ? 0 : discountedGain(query, discount, ignoreTies) / best;
  });
  return weightedMean(gains, sampleWeight);
}
