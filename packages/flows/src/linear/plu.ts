/** Rows of a square matrix. */
export type Rows = readonly (readonly number[])[];

/** A matrix W in parts: row i of W is row order[i] of L diag(s) U. */
export interface Plu {
  order: number[];
  /** L and U, triangular with ones on their diagonals. */
  lower: number[][];
  upper: number[][];
  /** s, none of them 0. */
  scale: number[];
}

/**
 * The PLU form of an invertible matrix, by Gaussian elimination with partial pivoting.
 *
 * Reference: Golub, Van Loan, "Matrix computations", 2013, algorithm 3.4.1.
 */
export function pluOf(matrix: Rows): Plu {
  const n = matrix.length;
  const rows = matrix.map((row, index) => ({ left: [...row], index, factors: [] as number[] }));
  for (let k = 0; k < n; k++) {
    const size = (i: number) => Math.abs(rows[i]?.left[k] as number);
    let best = k;
    for (let i = k + 1; i < n; i++) if (size(i) > size(best)) best = i;
    [rows[k], rows[best]] = [rows[best] as (typeof rows)[0], rows[k] as (typeof rows)[0]];
    const pivot = rows[k] as (typeof rows)[0];
    for (const row of rows.slice(k + 1)) {
      const factor = (row.left[k] as number) / (pivot.left[k] as number);
      row.factors.push(factor);
      row.left = row.left.map((value, j) => (j <= k ? 0 : value - factor * (pivot.left[j] as number)));
    }
  }
  const order = new Array<number>(n);
  rows.forEach(({ index }, k) => {
    order[index] = k;
  });
  const scale = rows.map(({ left }, k) => left[k] as number);
  return {
    order,
    lower: rows.map(({ factors }, k) => Array.from({ length: n }, (_, j) => (j === k ? 1 : (factors[j] ?? 0)))),
    upper: rows.map(({ left }, k) => left.map((value) => value / (scale[k] as number))),
    scale,
  };
}
