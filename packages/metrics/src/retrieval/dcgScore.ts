import type { Matrix } from '../arguments/matrix';
import { weightedMean } from '../statistics/mean';
import { discountedGain, discounts, type GainOptions, toQueries } from './gains';

/**
 * The discounted cumulative gain of rankings, on the mean over queries; equal scores share the mean of their gains.
 *
 *     Σ relevance at place i / log₂(i + 1)
 *
 * Reference: Järvelin & Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques"; McSherry & Najork 2008 for
 * ties.
 *
 * @param yTrue - [N, D], how relevant each document is to each query.
 * @param yScore - [N, D].
 * @param options - `k`, how many places count; `logBase`, 2 if left out.
 * @throws RangeError if shapes differ.
 */
export function dcgScore(yTrue: Matrix, yScore: Matrix, options: GainOptions & { logBase?: number } = {}): number {
  const { k, logBase = 2, ignoreTies, sampleWeight } = options;
  if (!(logBase > 1)) throw new RangeError(`dcgScore: logBase must be above 1, got ${logBase}`);
  const queries = toQueries('dcgScore', yTrue, yScore, options);
  const discount = discounts(queries[0]?.scores.length ?? 0, k, logBase);
  return weightedMean(
    queries.map((query) => discountedGain(query, discount, ignoreTies)),
    sampleWeight,
  );
}
