import { type FlatMatrix, type Matrix, toMatrix } from './matrix';
import { refuse } from './refuse';

/**
 * A matrix of 0 and 1 that says which of K labels each sample has.
 *
 * @throws RangeError if another number is in it.
 */
export function toIndicators(
  caller: string,
  argument: string,
  value: Matrix,
  rows?: number,
  columns?: number,
): FlatMatrix {
  const matrix = toMatrix(caller, argument, value, rows, columns);
  for (let i = 0; i < matrix.data.length; i++) {
    const entry = matrix.data[i];
    if (entry === 0 || entry === 1) continue;
    refuse(caller, `${argument}[${Math.floor(i / matrix.columns)}][${i % matrix.columns}]`, 'be 0 or 1', entry);
  }
  return matrix;
}
