const passes = [
  { word: 0, shift: 0 },
  { word: 0, shift: 11 },
  { word: 0, shift: 22 },
  { word: 1, shift: 0 },
  { word: 1, shift: 11 },
  { word: 1, shift: 22 },
];
const digits = 2048;

/**
 * The order that puts numbers from the largest to the smallest; equal ones keep their places. O(N): a radix sort of the
 * bits of the floats, eleven a pass; a pass whose digits are all the same is left out.
 *
 * @param values - [N], finite.
 * @returns [N], the place of each in `values`.
 */
export function radixOrder(values: ArrayLike<number>): Uint32Array {
  const length = values.length;
  let keys = descendingKeys(values);
  let order = Uint32Array.from({ length }, (_, i) => i);
  let nextKeys = new Uint32Array(2 * length);
  let nextOrder = new Uint32Array(length);
  for (const { word, shift } of passes) {
    const starts = new Uint32Array(digits + 1);
    for (let i = word; i < keys.length; i += 2) {
      const next = (((keys[i] as number) >>> shift) & (digits - 1)) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    if (starts.includes(length)) continue;
    for (let d = 1; d < digits; d++) starts[d] = (starts[d] as number) + (starts[d - 1] as number);
    for (let i = 0; i < length; i++) {
      const digit = ((keys[2 * i + word] as number) >>> shift) & (digits - 1);
      const place = starts[digit] as number;
      starts[digit] = place + 1;
      nextKeys[2 * place] = keys[2 * i] as number;
      nextKeys[2 * place + 1] = keys[2 * i + 1] as number;
      nextOrder[place] = order[i] as number;
    }
    [keys, nextKeys] = [nextKeys, keys];
    [order, nextOrder] = [nextOrder, order];
  }
  return order;
}

/** [2 N], the bits of each number, low word first, turned so that as whole numbers they ascend where it descends. */
function descendingKeys(values: ArrayLike<number>): Uint32Array<ArrayBuffer> {
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
