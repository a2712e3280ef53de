import { checkInteger } from './checks';

/** A stream of random numbers, the same for the same seed. */
export interface Random {
  /** An integer from 0 up to, not including, 2³². */
  uint32(): number;
  /** An integer from 0 up to, not including, `bound`, each equally likely. */
  below(bound: number): number;
}

/**
 * xoshiro128**, its state filled by a mix of the seed and the stream's numbers.
 *
 * Reference: Blackman, Vigna, "Scrambled linear pseudorandom number generators", 2021.
 */
export function createRandom(seed: number, ...stream: number[]): Random {
  let hash = 0x9e3779b9;
  for (const number of [seed, ...stream]) {
    hash = mix(hash ^ (number >>> 0));
    hash = mix(hash ^ (Math.floor(number / 2 ** 32) >>> 0));
  }
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    return mix(hash);
  };
  let [a, b, c, d] = [next(), next(), next(), next() | 1];
  const uint32 = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const below = (bound: number) => {
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let number = uint32();
    while (number >= fair) number = uint32();
    return number % bound;
  };
  return { uint32, below };
}

/** A seed for one part of a seeded whole. */
export const deriveSeed = (seed: number, ...indices: number[]) => createRandom(seed, ...indices).uint32();

/** Shuffles in place, every order equally likely. */
export function shuffle(numbers: Uint32Array, random: Random): Uint32Array {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = numbers[i] as number;
    numbers[i] = numbers[j] as number;
    numbers[j] = kept;
  }
  return numbers;
}

/** The seed, 0 when there is none. @throws RangeError unless it is an integer, at least 0. */
export function checkSeed(where: string, seed: number | undefined): number {
  if (seed !== undefined) checkInteger(where, 'seed', seed, 0);
  return seed ?? 0;
}

const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by));

/** A bijection of the 32-bit integers in which each bit of the input moves each bit of the output: murmur3's last step. */
function mix(x: number): number {
  let mixed = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
