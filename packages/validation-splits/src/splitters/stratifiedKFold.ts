import { checkAtMost } from '../checks';
import { countsOf, encode, foldsOf, startsOf } from '../labels';
import { shuffle } from '../random';
import { type Samples, Splitter } from '../splitter';
import { checkClassSizes } from './classes';
import { checkFolds, type FoldOptions, type Folds } from './foldOptions';

export interface StratifiedOptions extends FoldOptions {
  /** Told when a class has fewer members than there are folds; by default on the console. */
  onWarning?: (message: string) => void;
}

/**
 * K folds with the classes in equal shares: no two folds differ by more than one sample, in size or in any class.
 *
 * Classes are taken by first appearance, and the samples, sorted by class, dealt out round-robin; that says how many of
 * a class a fold gets, and each gets them as a run of neighbours. O(n).
 *
 * @throws RangeError when nSplits is below 2, above n or above the size of every class, or a label is NaN; TypeError
 *   without `y`, or when `y` has fractions.
 */
export class StratifiedKFold extends Splitter {
  readonly #folds: Folds;
  readonly #onWarning: StratifiedOptions['onWarning'];

  constructor(options: StratifiedOptions = {}) {
    super();
    this.#folds = checkFolds('StratifiedKFold', options);
    this.#onWarning = options.onWarning;
  }

  protected testFolds(n: number, { y }: Samples): Iterable<Uint32Array> {
    const { nSplits, random } = this.#folds;
    const where = 'StratifiedKFold.split';
    checkAtMost(where, 'nSplits', nSplits, 'samples', n);
    const { codes, count } = encode(where, 'y', y, n, { by: 'appearance', classes: true });
    const counts = countsOf({ codes, count });
    checkClassSizes(where, nSplits, counts, this.#onWarning);

    const shares = dealOut(counts, nSplits);
    const next = startsOf(counts);
    const stream = random?.();
    if (stream)
      next.forEach((start, label) => void shuffle(shares.subarray(start, start + (counts[label] as number)), stream));
    // From here on a sample's code is no longer its class but its fold.
    for (let i = 0; i < n; i++) codes[i] = shares[(next[codes[i] as number] as number)++] as number;
    return foldsOf({ codes, count: nSplits });
  }
}

/**
 * The folds of each class's members, class after class, in ascending order within one: fold f takes what sorting by
 * class puts at f, f + k, f + 2k…
 */
function dealOut(counts: Uint32Array, nSplits: number): Uint32Array {
  const starts = startsOf(counts);
  const folds = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  counts.forEach((count, label) => {
    const start = starts[label] as number;
    let filled = start;
    for (let fold = 0; fold < nSplits; fold++) {
      // How many of the places start … start + count − 1 are ≡ fold (mod nSplits).
      const first = (((fold - start) % nSplits) + nSplits) % nSplits;
      const share = first < count ? Math.ceil((count - first) / nSplits) : 0;
      folds.fill(fold, filled, filled + share);
      filled += share;
    }
  });
  return folds;
}
