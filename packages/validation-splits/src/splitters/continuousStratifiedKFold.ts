import { checkAtMost, checkLength, show } from '../checks';
import { foldsOf } from '../labels';
import { shuffle } from '../random';
import { range, type Samples, Splitter } from '../splitter';
import { checkFolds, type FoldOptions, type Folds } from './foldOptions';

/**
 * K folds with the same distribution of an amount: sorted by `y`, each run of k neighbours goes to k different folds, to
 * and fro (0 1 2, 2 1 0, …) or, shuffled, in random order. Sizes differ by one at most. O(n log n).
 *
 * @throws RangeError when nSplits is below 2 or above n, or an amount is NaN or infinite; TypeError without numbers `y`.
 */
export class ContinuousStratifiedKFold extends Splitter {
  readonly #folds: Folds;

  constructor(options: FoldOptions = {}) {
    super();
    this.#folds = checkFolds('ContinuousStratifiedKFold', options);
  }

  protected testFolds(n: number, samples: Samples): Iterable<Uint32Array> {
    const { nSplits, random } = this.#folds;
    const where = 'ContinuousStratifiedKFold.split';
    checkAtMost(where, 'nSplits', nSplits, 'samples', n);
    const y = checkAmounts(where, samples.y, n);
    const order = range(0, n).sort((a, b) => (y[a] as number) - (y[b] as number) || a - b);
    const stream = random?.();
    const codes = new Uint32Array(n);
    for (let start = 0; start < n; start += nSplits) {
      const run = range(0, nSplits);
      if (stream) shuffle(run, stream);
      else if ((start / nSplits) % 2 === 1) run.reverse();
      for (let i = 0; i < nSplits && start + i < n; i++) codes[order[start + i] as number] = run[i] as number;
    }
    return foldsOf({ codes, count: nSplits });
  }
}

function checkAmounts(where: string, y: ArrayLike<unknown> | undefined, n: number): Float64Array {
  checkLength(where, 'y', y, n);
  return Float64Array.from(y, (value, i) => {
    if (typeof value !== 'number') throw new TypeError(`${where}: y[${i}] must be a number, got ${show(value)}`);
    if (!Number.isFinite(value)) throw new RangeError(`${where}: y[${i}] must be finite, got ${value}`);
    return value;
  });
}
