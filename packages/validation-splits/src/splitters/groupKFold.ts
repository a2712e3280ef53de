import { checkAtMost } from '../checks';
import { countsOf, encode, foldsOf, lookUp } from '../labels';
import { type Samples, Splitter } from '../splitter';
import { checkFolds } from './foldOptions';
import { introsort } from './introsort';

/**
 * K folds in which no group stands on both sides: the largest group goes to the lightest fold, again and again.
 * O(n + G·k) for G groups.
 *
 * Of groups of one size that with the higher label comes first, while there are no more than 16 groups; beyond, ties
 * come as scikit-learn's own sort leaves them.
 *
 * @throws RangeError when there are fewer groups than folds; TypeError without groups.
 */
export class GroupKFold extends Splitter {
  readonly #nSplits: number;

  constructor({ nSplits = 5 }: { nSplits?: number } = {}) {
    super();
    this.#nSplits = checkFolds('GroupKFold', { nSplits }).nSplits;
  }

  protected testFolds(n: number, samples: Samples): Iterable<Uint32Array> {
    const nSplits = this.#nSplits;
    const where = 'GroupKFold.split';
    const groups = encode(where, 'groups', samples.groups, n, { by: 'order' });
    checkAtMost(where, 'nSplits', nSplits, 'groups', groups.count);

    const sizes = countsOf(groups);
    const foldOf = new Uint32Array(groups.count);
    const weights = new Array<number>(nSplits).fill(0);
    for (const group of introsort(sizes).reverse()) {
      let lightest = 0;
      for (let fold = 1; fold < nSplits; fold++) {
        if ((weights[fold] as number) < (weights[lightest] as number)) lightest = fold;
      }
      foldOf[group] = lightest;
      weights[lightest] = (weights[lightest] as number) + (sizes[group] as number);
    }
    return foldsOf({ codes: lookUp(foldOf, groups.codes), count: nSplits });
  }
}
