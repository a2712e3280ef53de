import type { FlatMatrix, Matrix } from '../arguments/matrix';
import { pairwise, sumPairs } from './pairwise';

/**
 * How far the directions of the rows of x and y are apart; a row of zeros is 1 from all others: `1 − a · b / (‖a‖ ‖b‖)`.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @returns [N, M].
 * @throws RangeError if rows differ in length or a number is not finite.
 */
export function cosineDistances(x: Matrix, y?: Matrix): FlatMatrix<Float64Array> {
  return pairwise('cosineDistances', x, y, (a, b, itself) => {
    if (itself) return 0;
    const length = Math.sqrt(sumPairs(a, a, product) * sumPairs(b, b, product));
    return length === 0 ? 1 : Math.min(Math.max(1 - sumPairs(a, b, product) / length, 0), 2);
  });
}

function product(a: number, b: number): number {
  return a * b;
}
