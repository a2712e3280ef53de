import type { FlatMatrix } from './matrix';

/** As near to 1 as float32 brings the probabilities of a few thousand classes. */
const tolerance = 1e-5;

/** Throws unless each row is of numbers in [0, 1] and sums to 1. */
export function checkProbabilityRows(caller: string, argument: string, { data, rows, columns }: FlatMatrix): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j] as number;
      if (value < 0 || value > 1) {
        throw new RangeError(`${caller}: ${argument}[${i}][${j}] must be in [0, 1], got ${value}`);
      }
      sum += value;
    }
    if (Math.abs(sum - 1) > tolerance) {
      throw new RangeError(`${caller}: ${argument}[${i}] must sum to 1, got ${sum}`);
    }
  }
}
