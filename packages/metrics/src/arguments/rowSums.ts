import type { FlatMatrix } from './matrix';
import { refuse } from './refuse';

/** As near to 1 as float32 brings the probabilities of a few thousand classes. */
const tolerance = 1e-5;

/** Throws unless each row is of numbers in [0, 1] and sums to 1. */
export function checkProbabilityRows(caller: string, argument: string, { data, rows, columns }: FlatMatrix): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j] as number;
      if (value < 0 || value > 1) refuse(caller, `${argument}[${i}][${j}]`, 'be in [0, 1]', value);
      sum += value;
    }
    if (Math.abs(sum - 1) > tolerance) refuse(caller, `${argument}[${i}]`, 'sum to 1', sum);
  }
}
