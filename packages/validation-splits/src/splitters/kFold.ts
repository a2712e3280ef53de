import { checkAtMost } from '../checks';
import { foldsOf } from '../labels';
import { shuffle } from '../random';
import { lazily, range, Splitter } from '../splitter';
import { checkFolds, type FoldOptions, type Folds, foldStart } from './foldOptions';

/**
 * K folds of neighbours, or of samples in random order. The first `n % nSplits` folds hold one sample more.
 *
 * @throws RangeError when nSplits is below 2 or above n, or a seed comes without shuffle.
 */
export class KFold extends Splitter {
  readonly #folds: Folds;

  constructor(options: FoldOptions = {}) {
    super();
    this.#folds = checkFolds('KFold', options);
  }

  protected testFolds(n: number): Iterable<Uint32Array> {
    const { nSplits, random } = this.#folds;
    checkAtMost('KFold.split', 'nSplits', nSplits, 'samples', n);
    if (!random) {
      return lazily(function* () {
        for (let fold = 0; fold < nSplits; fold++)
          yield range(foldStart(n, nSplits, fold), foldStart(n, nSplits, fold + 1));
      });
    }
    const order = shuffle(range(0, n), random());
    const codes = new Uint32Array(n);
    for (let fold = 0; fold < nSplits; fold++) {
      const end = foldStart(n, nSplits, fold + 1);
      for (let i = foldStart(n, nSplits, fold); i < end; i++) codes[order[i] as number] = fold;
    }
    return foldsOf({ codes, count: nSplits });
  }
}
