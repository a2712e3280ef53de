import { checkInteger } from '../checks';
import { checkSeed, createRandom, type Random } from '../random';

export interface FoldOptions {
  /** How many folds, at least 2. */
  nSplits?: number;
  /** Whether samples are dealt out in random order. */
  shuffle?: boolean;
  /** Where the random order comes from, 0 by default; an error without `shuffle`. */
  seed?: number;
}

/** Folds whose options are checked. `random` makes the same stream at every call. */
export interface Folds {
  nSplits: number;
  random: (() => Random) | undefined;
}

export function checkFolds(where: string, { nSplits = 5, shuffle = false, seed }: FoldOptions): Folds {
  checkInteger(where, 'nSplits', nSplits, 2);
  if (typeof shuffle !== 'boolean') {
    throw new TypeError(`${where}: shuffle must be true or false, got ${String(shuffle)}`);
  }
  if (!shuffle && seed !== undefined) {
    throw new RangeError(`${where}: seed must be left out without shuffle, got ${seed}; set shuffle: true to use it`);
  }
  const checked = checkSeed(where, seed);
  return { nSplits, random: shuffle ? () => createRandom(checked) : undefined };
}

/** Where a fold of neighbours starts: the first `n % nSplits` folds hold one sample more. */
export const foldStart = (n: number, nSplits: number, fold: number) =>
  fold * Math.floor(n / nSplits) + Math.min(fold, n % nSplits);
