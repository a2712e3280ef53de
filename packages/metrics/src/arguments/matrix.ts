import { checkLength, checkNumbers, type Numbers } from './numbers';

/** A matrix as one array, row after row. */
export interface FlatMatrix<Data extends Numbers = Numbers> {
  /** [rows · columns]. */
  data: Data;
  rows: number;
  columns: number;
}

/** A matrix as an array of its rows, or flat. */
export type Matrix = ArrayLike<Numbers> | FlatMatrix;

/** Whether it is meant for a matrix and not for a column. */
export function isMatrix(value: Matrix | ArrayLike<number> | ArrayLike<string>): value is Matrix {
  if (typeof value !== 'object' || value === null) return false;
  return 'rows' in value || typeof (value as ArrayLike<unknown>)[0] === 'object';
}

/**
 * The matrix as one array; a flat one is returned as it is.
 *
 * @param rows - how many rows there must be, if that is known.
 * @param columns - how many columns there must be, if that is known.
 * @throws TypeError if it is no matrix of numbers; RangeError if a number is not finite or the shape is another.
 */
export function toMatrix(caller: string, argument: string, value: Matrix, rows?: number, columns?: number): FlatMatrix {
  const flat = isMatrix(value) && 'rows' in value ? value : flatten(caller, argument, value);
  if (flat === value) checkNumbers(caller, `${argument}.data`, flat.data, flat.rows * flat.columns);
  if (flat.rows !== (rows ?? flat.rows) || flat.columns !== (columns ?? flat.columns)) {
    const expected = `[${rows ?? flat.rows}, ${columns ?? flat.columns}]`;
    throw new RangeError(`${caller}: ${argument} must be ${expected}, got [${flat.rows}, ${flat.columns}]`);
  }
  return flat;
}

function flatten(caller: string, argument: string, value: ArrayLike<Numbers>): FlatMatrix<Float64Array> {
  checkLength(caller, argument, value);
  const columns = value[0]?.length ?? 0;
  const data = new Float64Array(value.length * columns);
  for (let i = 0; i < value.length; i++) {
    checkNumbers(caller, `${argument}[${i}]`, value[i] as Numbers, columns);
    data.set(value[i] as Numbers, i * columns);
  }
  return { data, rows: value.length, columns };
}

/** Column j, copied: [rows]. */
export function columnOf({ data, rows, columns }: FlatMatrix, j: number): Float64Array {
  const column = new Float64Array(rows);
  for (let i = 0; i < rows; i++) column[i] = data[i * columns + j] as number;
  return column;
}

/** Row i, copied: [columns]. */
export function rowOf({ data, columns }: FlatMatrix, i: number): Float64Array {
  const row = new Float64Array(columns);
  for (let j = 0; j < columns; j++) row[j] = data[i * columns + j] as number;
  return row;
}
