import type { Labels } from '../arguments/labels';
import { meanOverQueries, type RankedOptions } from './rankedLists';

/**
 * How many of the relevant items are among the first k, on the mean over queries.
 *
 *     relevant among the first k / relevant
 *
 * @param yTrue - [N] lists of the items that are relevant to each query, in any order.
 * @param yPred - [N] lists of items, the best first; one that is listed again counts where it is first.
 * @param options - `k`, how many places of each list count.
 * @returns 0 … 1; a query without relevant items gets 0.
 * @throws RangeError if there are not as many lists of both.
 */
export function recallAtK(yTrue: ArrayLike<Labels>, yPred: ArrayLike<Labels>, options: RankedOptions): number {
  return meanOverQueries('recallAtK', yTrue, yPred, options, ({ relevant, places }) =>
    relevant === 0 ? 0 : places.length / relevant,
  );
}
