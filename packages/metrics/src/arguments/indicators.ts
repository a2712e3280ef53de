import { type FlatMatrix, type Matrix, toMatrix } from './matrix';

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
    if (entry !== 0 && entry !== 1) {
      const place = `[${Math.floor(i / matrix.columns)}][${i % matrix.columns}]`;
      throw new RangeError(`${caller}: ${argument}${place} must be 0 or 1, got ${entry}`);
    }
  }
  return matrix;
}
