import type { FlatMatrix, Matrix } from '../arguments/matrix';
import { pairwise, sumPairs } from './pairwise';

/**
 * The straight-line distance of each row of x from each row of y: `√Σ (aᵢ − bᵢ)²`.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @returns [N, M].
 * @throws RangeError if rows differ in length or a number is not finite.
 */
export function euclideanDistances(x: Matrix, y?: Matrix): FlatMatrix<Float64Array> {
  return pairwise('euclideanDistances', x, y, (a, b) => Math.sqrt(sumPairs(a, b, (u, v) => (u - v) ** 2)));
}
