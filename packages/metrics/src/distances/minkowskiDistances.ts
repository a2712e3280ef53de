import type { FlatMatrix, Matrix } from '../arguments/matrix';
import { pairwise, sumPairs } from './pairwise';

/**
 * Minkowski's distance of each row of x from each row of y: `(Σ |aᵢ − bᵢ|ᵖ)^(1 / p)`.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @param options - `p`, at least 1; 2 if left out.
 * @returns [N, M].
 * @throws RangeError if rows differ in length, a number is not finite, or p is below 1.
 */
export function minkowskiDistances(x: Matrix, y?: Matrix, { p = 2 }: { p?: number } = {}): FlatMatrix<Float64Array> {
  if (!(p >= 1 && p < Infinity)) {
    throw new RangeError(`minkowskiDistances: p must be finite and at least 1, got ${p}; try chebyshevDistances`);
  }
  return pairwise('minkowskiDistances', x, y, (a, b) => sumPairs(a, b, (u, v) => Math.abs(u - v) ** p) ** (1 / p));
}
