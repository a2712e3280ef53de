import type { FlatMatrix, Matrix } from '../arguments/matrix';
import { pairwise } from './pairwise';

/**
 * The largest difference of each row of x from each row of y: `max |aᵢ − bᵢ|`.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @returns [N, M].
 * @throws RangeError if rows differ in length or a number is not finite.
 */
export function chebyshevDistances(x: Matrix, y?: Matrix): FlatMatrix<Float64Array> {
  return pairwise('chebyshevDistances', x, y, (a, b) =>
    a.reduce((most, u, i) => Math.max(most, Math.abs(u - (b[i] as number))), 0),
  );
}
