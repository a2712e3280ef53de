import { checkLength } from '../checks';
import { copies, encode, membersOf } from '../labels';
import { Splitter } from '../splitter';

/**
 * Folds that are known: `testFold[i]` is the fold that tests sample i, and −1 means that none does, so that it always
 * trains. Folds come in ascending order.
 *
 * @throws TypeError or RangeError when a fold is not an integer of at least −1, none is named, or there are not n.
 */
export class PredefinedSplit extends Splitter {
  readonly #testFold: Int32Array;

  constructor({ testFold }: { testFold: ArrayLike<number> }) {
    super();
    checkLength('PredefinedSplit', 'testFold', testFold);
    for (let i = 0; i < testFold.length; i++) {
      const fold = testFold[i];
      if (!Number.isInteger(fold) || (fold as number) < -1) {
        throw new RangeError(`PredefinedSplit: testFold[${i}] must be an integer of at least -1, got ${String(fold)}`);
      }
    }
    this.#testFold = Int32Array.from(testFold);
    if (this.#testFold.every((fold) => fold === -1)) {
      throw new RangeError('PredefinedSplit: testFold must name a fold, got none but -1');
    }
  }

  protected testFolds(n: number): Iterable<Uint32Array> {
    const where = 'PredefinedSplit.split';
    checkLength(where, 'testFold', this.#testFold, n);
    const members = membersOf(encode(where, 'testFold', this.#testFold, n, { by: 'order' }));
    const folds = this.#testFold.includes(-1) ? members.slice(1) : members;
    return copies(folds);
  }
}
