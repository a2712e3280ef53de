import { philox, philoxKey } from './philox';

/**
 * A seed of its own for a part of a larger run: for a layer, an epoch, a step. Different indices give independent
 * streams, where `seed + 1` would give the neighbour's.
 *
 * @param seed - the run's seed, an integer in [0, 2⁵³).
 * @param indices - which part: integers in [0, 2⁵³), for example the epoch and the step.
 * @returns an integer in [0, 2⁵³).
 * @throws RangeError when the seed or an index is no such integer.
 *
 * @example
 * const noise = randomNormal([64, 2], { seed: deriveSeed(7, epoch, step) });
 */
export function deriveSeed(seed: number, ...indices: number[]): number {
  const words = new Uint32Array(4);
  return indices.reduce((derived, index) => {
    if (!Number.isSafeInteger(index) || index < 0) {
      throw new RangeError(`deriveSeed: indices must be integers in [0, 2^53), got ${index}`);
    }
    philox(index, philoxKey('deriveSeed', derived), words);
    // Words 2 and 3 are not what `randomUniform` shows first, and 21 + 32 bits make a safe integer.
    return ((words[2] as number) >>> 11) * 2 ** 32 + (words[3] as number);
  }, seed);
}
