import { createRandom } from './createRandom';

/**
 * The numbers 0 … n − 1 in random order, each order equally likely.
 *
 * Reference: Durstenfeld, "Algorithm 235: random permutation", 1964 (Fisher–Yates).
 *
 * @param n - how many.
 * @param options.seed - an integer in [0, 2⁵³).
 * @throws RangeError when n is not a non-negative integer, or the seed is bad.
 *
 * @example
 * const order = permutation(60_000, { seed: 7 });
 */
export function permutation(n: number, { seed }: { seed: number }): Uint32Array {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`permutation: n must be a non-negative integer, got ${n}`);
  const random = createRandom(seed);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
}
