/** Philox's multipliers and Weyl increments for four words of 32 bits. */
export const M0 = 0xd2511f53;
export const M1 = 0xcd9e8d57;
export const W0 = 0x9e3779b9;
export const W1 = 0xbb67ae85;
export const ROUNDS = 10;

/** The lower and the upper 32 bits of a key. */
export type PhiloxKey = readonly [number, number];

/**
 * Philox 4×32-10: four random words that are a pure function of a counter and a key, so that any position of the
 * stream can be had at once, on any device, in any order.
 *
 * Each round: `(hi₀, lo₀) = M₀ · c₀`, `(hi₁, lo₁) = M₁ · c₂`, `c ← (hi₁ ⊕ c₁ ⊕ k₀, lo₁, hi₀ ⊕ c₃ ⊕ k₁, lo₀)`.
 *
 * Reference: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 *
 * @param block - which group of four words: an integer in [0, 2⁵³).
 * @param key - the two words of the key, from `philoxKey`.
 * @param out - receives the four words at `offset`.
 */
export function philox(block: number, key: PhiloxKey, out: Uint32Array, offset = 0): void {
  philoxAt([block >>> 0, (block / 2 ** 32) >>> 0, 0, 0], key, out, offset);
}

/** The four words of a counter of four words. */
export function philoxAt(
  counter: readonly [number, number, number, number],
  key: PhiloxKey,
  out: Uint32Array,
  offset = 0,
): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(M0, c0);
    const low0 = Math.imul(M0, c0);
    const high1 = multiplyHigh(M1, c2);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[offset] = c0;
  out[offset + 1] = c1;
  out[offset + 2] = c2;
  out[offset + 3] = c3;
}

/**
 * The key that belongs to a seed.
 *
 * @throws RangeError when the seed is not an integer in [0, 2⁵³).
 */
export function philoxKey(caller: string, seed: number): PhiloxKey {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`${caller}: seed must be an integer in [0, 2^53), got ${seed}`);
  }
  return [seed >>> 0, (seed / 2 ** 32) >>> 0];
}

/** The upper 32 bits of the 64-bit product of two unsigned words, from four 16-bit products. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = Math.imul(aHigh, bLow) >>> 0;
  const cross = (Math.imul(aLow, bLow) >>> 16) + (middle & 0xffff) + (Math.imul(aLow, bHigh) >>> 0);
  // `cross` reaches 2³³: its carry is taken by division, not by a shift.
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + Math.floor(cross / 0x10000)) | 0;
}
