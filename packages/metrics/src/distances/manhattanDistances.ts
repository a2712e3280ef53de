import type { FlatMatrix, Matrix } from '../arguments/matrix';
import { pairwise, sumPairs } from './pairwise';

/**
 * The distance along the axes of each row of x from each row of y: `Σ |aᵢ − bᵢ|`.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @returns [N, M].
 * @throws RangeError if rows differ in length or a number is not finite.
 */
export function manhattanDistances(x: Matrix, y?: Matrix): FlatMatrix<Float64Array> {
  return pairwise('manhattanDistances', x, y, (a, b) => sumPairs(a, b, (u, v) => Math.abs(u - v)));
}
