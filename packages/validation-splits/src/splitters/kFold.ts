import { checkAtMost } from '../checks';
import { shuffle } from '../random';
import { lazily, range, Splitter } from '../splitter';
import { checkFolds, type FoldOptions, type Folds } from './foldOptions';

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
    const order = random && shuffle(range(0, n), random());
    return lazily(function* () {
      let start = 0;
      for (let fold = 0; fold < nSplits; fold++) {
        const end = start + Math.floor(n / nSplits) + (fold < n % nSplits ? 1 : 0);
        yield order ? order.slice(start, end).sort() : range(start, end);
        start = end;
      }
    });
  }
}
