import { toNormals, toUniform } from './numbers';
import { type PhiloxKey, philox, philoxKey } from './philox';

/** A stream of random numbers on the host, for code that draws one number after another. */
export interface Random {
  /** The next number in [0, 1), a multiple of 2⁻²⁴. */
  uniform(): number;
  /** The next standard normal number. */
  normal(): number;
  /** The next integer in [0, bound), without bias. */
  integer(bound: number): number;
}

/**
 * Starts a stream of random numbers: the same seed gives the same numbers, everywhere.
 *
 * @param seed - an integer in [0, 2⁵³).
 * @throws RangeError when the seed is no such integer.
 *
 * @example
 * const random = createRandom(7);
 * const die = 1 + random.integer(6);
 */
export function createRandom(seed: number): Random {
  return walk(philoxKey('createRandom', seed));
}

/** The stream of a key. */
export function walk(key: PhiloxKey): Random {
  const words = new Uint32Array(4);
  let block = 0;
  let used = 4;
  let spare: number | undefined;

  const word = (): number => {
    if (used === 4) {
      philox(block++, key, words);
      used = 0;
    }
    return words[used++] as number;
  };

  return {
    uniform: () => toUniform(word()),
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const [first, second] = toNormals(word(), word());
      spare = second;
      return first;
    },
    integer(bound) {
      if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
        throw new RangeError(`Random.integer: bound must be an integer in [1, 2^32], got ${bound}`);
      }
      // Words beyond the last whole multiple of the bound would favour the small results: draw again.
      const limit = 2 ** 32 - (2 ** 32 % bound);
      let drawn = word();
      while (drawn >= limit) drawn = word();
      return drawn % bound;
    },
  };
}
