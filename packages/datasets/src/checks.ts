/** Throws unless n is a whole, positive number of things to make. */
export function checkCount(caller: string, n: number): void {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${caller}: n must be a positive integer, got ${n}`);
}

/** Reads the seed from a function's options, which untyped callers may leave out. */
export function seedOf(caller: string, options: { seed: number } | undefined): number {
  const seed = options?.seed;
  if (seed === undefined || !Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`${caller}: seed must be an integer in [0, 2^53), got ${seed}; pass it as { seed: 7 }`);
  }
  return seed;
}
