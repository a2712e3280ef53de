import type { Labels } from '../arguments/labels';
import { meanOverQueries, type RankedOptions } from './rankedLists';

/**
 * Precision at each relevant item among the first k, averaged, on the mean over queries.
 *
 *     Σ precision at place i, of relevant i ≤ k, / min(relevant, k)
 *
 * @param yTrue - [N] lists of the items that are relevant to each query, in any order.
 * @param yPred - [N] lists of items, the best first; one that is listed again counts where it is first.
 * @param options - `k`, how many places of each list count.
 * @returns 0 … 1; a query without relevant items gets 0.
 * @throws RangeError if there are not as many lists of both.
 */
export function meanAveragePrecisionAtK(
  yTrue: ArrayLike<Labels>,
  yPred: ArrayLike<Labels>,
  options: RankedOptions,
): number {
  return meanOverQueries('meanAveragePrecisionAtK', yTrue, yPred, options, ({ relevant, places }) => {
    const precisions = places.reduce((sum, place, before) => sum + (before + 1) / place, 0);
    return relevant === 0 ? 0 : precisions / Math.min(relevant, options.k);
  });
}
