import type { Labels } from '../arguments/labels';
import { meanOverQueries, type RankedOptions } from './rankedLists';

/**
 * How many of the queries have a relevant item among their first k.
 *
 *     queries with one / queries
 *
 * @param yTrue - [N] lists of the items that are relevant to each query, in any order.
 * @param yPred - [N] lists of items, the best first; one that is listed again counts where it is first.
 * @param options - `k`, how many places of each list count.
 * @returns 0 … 1; a query without relevant items gets 0.
 * @throws RangeError if there are not as many lists of both.
 */
export function hitRate(yTrue: ArrayLike<Labels>, yPred: ArrayLike<Labels>, options: RankedOptions): number {
  return meanOverQueries('hitRate', yTrue, yPred, options, ({ places }) => Math.min(places.length, 1));
}
