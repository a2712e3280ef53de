/** The arithmetic mean. */
export const mean = (numbers: ArrayLike<number>) =>
  Array.from(numbers).reduce((sum, number) => sum + number, 0) / numbers.length;

/** The standard deviation, `√(Σ (x − mean)² / n)`. */
export function std(numbers: ArrayLike<number>): number {
  const center = mean(numbers);
  return Math.sqrt(mean(Array.from(numbers, (number) => (number - center) ** 2)));
}

/** A record with each entry made anew. */
export const mapRecord = <A, B>(record: Record<string, A>, make: (value: A, name: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value, name)]));
