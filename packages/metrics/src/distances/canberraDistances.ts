import type { FlatMatrix, Matrix } from '../arguments/matrix';
import { pairwise, sumPairs } from './pairwise';

/**
 * The sum of relative differences of each row of x from each row of y, where 0 / 0 is 0: `Σ |aᵢ − bᵢ| / (|aᵢ| + |bᵢ|)`.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @returns [N, M].
 * @throws RangeError if rows differ in length or a number is not finite.
 */
export function canberraDistances(x: Matrix, y?: Matrix): FlatMatrix<Float64Array> {
  return pairwise('canberraDistances', x, y, (a, b) =>
    sumPairs(a, b, (u, v) => (u === v ? 0 : Math.abs(u - v) / (Math.abs(u) + Math.abs(v)))),
  );
}
