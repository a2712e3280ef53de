import type { Numbers, Values } from '@tenonjs/testing';

/** Numbers of an input of a reference; none when it was left out. */
export const numbersOf = (inputs: Values, name: string): Float64Array | undefined => inputs[name]?.values;

/** The numbers of an input that is there. */
export const given = (inputs: Values, name: string): Float64Array => (inputs[name] as Numbers).values;

/** The shape of an input that is there. */
export const shapeOf = (inputs: Values, name: string): readonly number[] => (inputs[name] as Numbers).shape;

/** Rows of a matrix, the last dimension its columns. */
export function rowsOf(inputs: Values, name: string): number[][] {
  const { shape, values } = inputs[name] as Numbers;
  const columns = shape.at(-1) as number;
  return Array.from({ length: columns === 0 ? 0 : values.length / columns }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ]);
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/** Σ over the distances from the mean, squared, over their number. */
export function variance(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return mean(numbers.map((x) => (x - middle) ** 2));
}

export function logSumExp(numbers: readonly number[]): number {
  const top = Math.max(...numbers);
  return top + Math.log(sum(numbers.map((x) => Math.exp(x - top))));
}
