import { type FlatMatrix, type Matrix, rowOf, toMatrix } from '../arguments/matrix';

/**
 * The distance of each row of x from each row of y.
 *
 * @param x - [N, D].
 * @param y - [M, D]; x itself if left out.
 * @param distance - of two rows, [D] each, and whether they are one and the same row of x.
 * @returns [N, M].
 */
export function pairwise(
  caller: string,
  x: Matrix,
  y: Matrix | undefined,
  distance: (a: Float64Array, b: Float64Array, itself: boolean) => number,
): FlatMatrix<Float64Array> {
  const left = toMatrix(caller, 'x', x);
  const right = y === undefined ? left : toMatrix(caller, 'y', y, undefined, left.columns);
  const rightRows = Array.from({ length: right.rows }, (_, j) => rowOf(right, j));
  const data = new Float64Array(left.rows * right.rows);
  for (let i = 0; i < left.rows; i++) {
    const a = rowOf(left, i);
    for (const [j, b] of rightRows.entries()) data[i * right.rows + j] = distance(a, b, y === undefined && i === j);
  }
  return { data, rows: left.rows, columns: right.rows };
}

/** `Σ of(aᵢ, bᵢ)`. */
export function sumPairs(a: Float64Array, b: Float64Array, of: (a: number, b: number) => number): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += of(a[i] as number, b[i] as number);
  return total;
}
