import { radixOrder } from './radixOrder';

/** Numbers from the largest to the smallest; equal ones keep their places. */
export interface Descending {
  /** [N], the place of each in what was sorted. */
  order: Uint32Array;
  /** [N]. */
  sorted: ArrayLike<number>;
}

/**
 * Sorts numbers in O(N): each goes to about where it stands between the largest and the smallest, and then past the few
 * that it meets there. Where numbers crowd so that they meet many, their bits are sorted instead.
 *
 * @param values - [N], finite.
 */
export function sortDescending(values: ArrayLike<number>): Descending {
  const spread = byPlace(values);
  if (settle(spread)) return spread;
  const order = radixOrder(values);
  return { order, sorted: Float64Array.from(order, (i) => values[i] as number) };
}

/** The places of numbers from the largest to the smallest: [N]. */
export function orderDescending(values: ArrayLike<number>): Uint32Array {
  return sortDescending(values).order;
}

/** N buckets of equal width, the highest first. */
function byPlace(values: ArrayLike<number>): Descending & { sorted: Float64Array } {
  const length = values.length;
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? (length - 1) / (high - low) : 0;
  const starts = new Uint32Array(length + 1);
  for (let i = 0; i < length; i++) {
    const next = (((high - (values[i] as number)) * scale) | 0) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let b = 1; b < starts.length; b++) starts[b] = (starts[b] as number) + (starts[b - 1] as number);
  const order = new Uint32Array(length);
  const sorted = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    const bucket = ((high - value) * scale) | 0;
    const place = starts[bucket] as number;
    starts[bucket] = place + 1;
    order[place] = i;
    sorted[place] = value;
  }
  return { order, sorted };
}

/** Sorts by insertion what is nearly sorted; false, and gives up, if it takes more than 16 steps a number. */
function settle({ order, sorted }: Descending & { sorted: Float64Array }): boolean {
  let steps = 16 * sorted.length;
  for (let i = 1; i < sorted.length; i++) {
    const value = sorted[i] as number;
    if ((sorted[i - 1] as number) >= value) continue;
    const from = order[i] as number;
    let j = i;
    for (; j > 0 && (sorted[j - 1] as number) < value; j--) {
      sorted[j] = sorted[j - 1] as number;
      order[j] = order[j - 1] as number;
    }
    sorted[j] = value;
    order[j] = from;
    steps -= i - j;
    if (steps < 0) return false;
  }
  return true;
}
