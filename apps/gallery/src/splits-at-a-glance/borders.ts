/** The sizes after the border behind part k was moved to a place; each part keeps one sample at least. */
export function moveBorder(sizes: readonly number[], k: number, place: number): number[] {
  const start = sizes.slice(0, k).reduce((sum, size) => sum + size, 0);
  const both = (sizes[k] as number) + (sizes[k + 1] as number);
  const size = Math.min(Math.max(Math.round(place) - start, 1), both - 1);
  return sizes.map((old, part) => (part === k ? size : part === k + 1 ? both - size : old));
}

/** Where the border behind part k stands. */
export const placeOf = (sizes: readonly number[], k: number): number =>
  sizes.slice(0, k + 1).reduce((sum, size) => sum + size, 0);
