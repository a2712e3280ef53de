import { checkLength, checkNumbers, type Numbers } from './numbers';
import { refuse } from './refuse';

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
  const [r, c] = [rows ?? flat.rows, columns ?? flat.columns];
  if (flat.rows !== r || flat.columns !== c) {
    refuse(caller, argument, `be [${r}, ${c}]`, `[${flat.rows}, ${flat.columns}]`);
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
  return strided(data, j, columns, rows);
}

/** Row i, copied: [columns]. */
export function rowOf({ data, columns }: FlatMatrix, i: number): Float64Array {
  return strided(data, i * columns, 1, columns);
}

/** The numbers from `start` on that stand `step` apart: [length]. */
function strided(data: Numbers, start: number, step: number, length: number): Float64Array {
  const line = new Float64Array(length);
  for (let k = 0; k < length; k++) line[k] = data[start + k * step] as number;
  return line;
}
