/** @throws RangeError when every class is smaller than the number of folds; warns when only some are. */
export function checkClassSizes(
  where: string,
  nSplits: number,
  counts: Uint32Array,
  onWarning: (message: string) => void = console.warn,
): void {
  const [least, most] = extremes(counts);
  if (nSplits > most) {
    throw new RangeError(`${where}: nSplits must be at most the members of the largest class, ${most}, got ${nSplits}`);
  }
  if (nSplits > least) {
    onWarning(`${where}: the smallest class has ${least} members, fewer than nSplits, ${nSplits}; some folds lack it`);
  }
}

/** The least and the greatest of some numbers. */
export function extremes(numbers: Uint32Array): [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const number of numbers) {
    least = Math.min(least, number);
    most = Math.max(most, number);
  }
  return [least, most];
}
