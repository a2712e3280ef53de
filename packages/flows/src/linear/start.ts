import { createRandom, permutation } from '@tenonjs/runtime';
import type { Rows } from './plu';

/** What a linear map starts as. */
export type LinearStart = 'rotation' | 'permutation' | 'identity';

/** The n × n matrix that a linear map starts as. */
export function startMatrix(start: LinearStart, n: number, seed: number): Rows {
  if (start === 'rotation') return rotation(n, seed);
  const order = start === 'permutation' ? [...permutation(n, { seed })] : Array.from({ length: n }, (_, i) => i);
  return order.map((position) => Array.from({ length: n }, (_, j) => (j === position ? 1 : 0)));
}

/**
 * A random orthogonal matrix, each equally likely: rows of normal numbers made orthonormal one after the other.
 *
 * Reference: Stewart, "The efficient generation of random orthogonal matrices", 1980.
 */
function rotation(n: number, seed: number): number[][] {
  const random = createRandom(seed);
  const rows: number[][] = [];
  while (rows.length < n) {
    let row = Array.from({ length: n }, () => random.normal());
    // Twice, since what rounding leaves after the first pass is not small beside a short row.
    for (const made of [...rows, ...rows]) {
      const along = dot(row, made);
      row = row.map((value, j) => value - along * (made[j] as number));
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((value) => value / length));
  }
  return rows;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, j) => sum + value * (b[j] as number), 0);
