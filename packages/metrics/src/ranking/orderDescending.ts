/** Bits a pass, and how many numbers they make. */
const width = 11;
const digits = 2048;

/** Numbers from the largest to the smallest; equal ones keep their places. */
export interface Descending {
  /** [N], the place of each in what was sorted. */
  order: Uint32Array;
  /** [N]. */
  sorted: Float64Array;
}

/** Places, and the bits of the numbers there, low word first: [N] and [2 N]. */
interface Row {
  order: Uint32Array;
  keys: Uint32Array;
}

/**
 * Sorts numbers in O(N): a radix sort of the bits of the floats, eleven a pass; a pass whose digits are all the same is
 * left out. Numbers move along with their places, so that memory is read in its order.
 *
 * @param values - [N], finite.
 */
export function sortDescending(values: ArrayLike<number>): Descending {
  const sorted = new Float64Array(values.length);
  let row: Row = { order: new Uint32Array(values.length), keys: new Uint32Array(sorted.buffer) };
  for (let i = 0; i < sorted.length; i++) {
    sorted[i] = (values[i] as number) + 0; // −0 is 0
    row.order[i] = i;
  }
  turn(row.keys);
  let next: Row = { order: row.order.slice(), keys: row.keys.slice() };
  for (let bit = 0; bit < 66; bit += width) {
    if (sortByDigit(row, next, bit < 32 ? 0 : 1, bit % 33)) [row, next] = [next, row];
  }
  turn(row.keys);
  return { order: row.order, sorted: new Float64Array(row.keys.buffer) };
}

/** The places of numbers from the largest to the smallest: [N]. */
export function orderDescending(values: ArrayLike<number>): Uint32Array {
  return sortDescending(values).order;
}

/** Puts a row into `next` by one digit of its keys, equal ones as they stand; false if all are equal. */
function sortByDigit({ order, keys }: Row, next: Row, word: number, shift: number): boolean {
  const { order: nextOrder, keys: nextKeys } = next;
  const starts = new Uint32Array(digits + 1);
  for (let i = word; i < keys.length; i += 2) {
    (starts[(((keys[i] as number) >>> shift) & (digits - 1)) + 1] as number)++;
  }
  if (starts.includes(order.length)) return false;
  for (let d = 1; d < digits; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
  for (let i = 0; i < order.length; i++) {
    const place = (starts[((keys[2 * i + word] as number) >>> shift) & (digits - 1)] as number)++;
    nextOrder[place] = order[i] as number;
    nextKeys[2 * place] = keys[2 * i] as number;
    nextKeys[2 * place + 1] = keys[2 * i + 1] as number;
  }
  return true;
}

/** Turns the bits of floats so that as whole numbers they ascend where these descend; turned once more they are floats. */
function turn(keys: Uint32Array): void {
  for (let i = 0; i < keys.length; i += 2) {
    const high = keys[i + 1] as number;
    if (high >>> 31) continue; // of negative numbers the bits ascend already
    keys[i] = ~(keys[i] as number);
    keys[i + 1] = ~high & 0x7fff_ffff;
  }
}
