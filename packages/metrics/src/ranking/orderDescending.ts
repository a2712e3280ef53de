/** Bits a pass. */
const width = 11;

/**
 * The places of numbers from the largest to the smallest; equal ones keep their places. O(N): a radix sort of the bits of
 * the floats, eleven a pass; a pass whose digits are all the same is left out.
 *
 * @param values - [N], finite.
 * @returns [N].
 */
export function orderDescending(values: ArrayLike<number>): Uint32Array {
  const length = values.length;
  const keys = descendingKeys(values);
  let order = new Uint32Array(length);
  let next = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  for (let bit = 0; bit < 66; bit += width) {
    const word = bit < 32 ? 0 : 1;
    const shift = bit % 33;
    const digit = (i: number): number => ((keys[2 * i + word] as number) >>> shift) & (2 ** width - 1);
    const starts = new Uint32Array(2 ** width + 1);
    for (let i = 0; i < length; i++) (starts[digit(i) + 1] as number)++;
    if (starts.includes(length)) continue;
    for (let d = 1; d < starts.length; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
    for (let k = 0; k < length; k++) {
      const i = order[k] as number;
      next[(starts[digit(i)] as number)++] = i;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** [2 N], the bits of each number, low word first, turned so that as whole numbers they ascend where it descends. */
function descendingKeys(values: ArrayLike<number>): Uint32Array {
  const floats = new Float64Array(values.length);
  for (let i = 0; i < floats.length; i++) floats[i] = (values[i] as number) + 0; // −0 is 0
  const keys = new Uint32Array(floats.buffer);
  for (let i = 0; i < keys.length; i += 2) {
    const high = keys[i + 1] as number;
    if (high >>> 31) continue; // of negative numbers the bits ascend already
    keys[i] = ~(keys[i] as number);
    keys[i + 1] = ~high & 0x7fff_ffff;
  }
  return keys;
}
