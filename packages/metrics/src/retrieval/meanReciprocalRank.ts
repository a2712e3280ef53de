import type { Labels } from '../arguments/labels';
import { meanOverQueries, type RankedOptions } from './rankedLists';

/**
 * One over the place of the first relevant item, on the mean over queries.
 *
 *     1 / place of the first
 *
 * @param yTrue - [N] lists of the items that are relevant to each query, in any order.
 * @param yPred - [N] lists of items, the best first; one that is listed again counts where it is first.
 * @param options - `k`, how many places of each list count; all if left out.
 * @returns 0 … 1; a query without relevant items gets 0.
 * @throws RangeError if there are not as many lists of both.
 */
export function meanReciprocalRank(
  yTrue: ArrayLike<Labels>,
  yPred: ArrayLike<Labels>,
  options: Partial<RankedOptions> = {},
): number {
  return meanOverQueries(
    'meanReciprocalRank',
    yTrue,
    yPred,
    { k: Infinity, ...options },
    ({ places: [first = Infinity] }) => 1 / first,
  );
}
