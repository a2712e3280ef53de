import { checkAtMost } from '../checks';
import { countsOf, encode, foldsOf, lookUp } from '../labels';
import { shuffle } from '../random';
import { range, type Samples, Splitter } from '../splitter';
import { checkClassSizes } from './classes';
import { checkFolds, type Folds } from './foldOptions';
import type { StratifiedOptions } from './stratifiedKFold';
import { deviation, pairwiseSum } from './sums';

/**
 * K folds in which no group stands on both sides and the classes stand in shares as equal as a greedy search makes them.
 *
 * Groups come by descending standard deviation of their class counts, and each goes to the fold with which the mean
 * over classes of the folds' standard deviations, `meanᶜ stdᶠ(count[f, c] / count[c])`, is least; of folds that are as
 * good within `1e-8 + 1e-5 · best` to the one with fewer samples. Sums are made in NumPy's order, for one unit in the
 * last place may move a group. O(n + G·k²·C). A fold may stay empty, as in scikit-learn.
 *
 * @throws RangeError when nSplits is above the number of groups or the size of every class; TypeError without `y` or
 *   `groups`.
 */
export class StratifiedGroupKFold extends Splitter {
  readonly #folds: Folds;
  readonly #onWarning: StratifiedOptions['onWarning'];

  constructor(options: StratifiedOptions = {}) {
    super();
    this.#folds = checkFolds('StratifiedGroupKFold', options);
    this.#onWarning = options.onWarning;
  }

  protected testFolds(n: number, samples: Samples): Iterable<Uint32Array> {
    const { nSplits, random } = this.#folds;
    const where = 'StratifiedGroupKFold.split';
    const classes = encode(where, 'y', samples.y, n, { by: 'order', classes: true });
    const groups = encode(where, 'groups', samples.groups, n, { by: 'order' });
    const totals = countsOf(classes);
    checkClassSizes(where, nSplits, totals, this.#onWarning);
    checkAtMost(where, 'nSplits', nSplits, 'groups', groups.count);

    const C = classes.count;
    const counts = new Float64Array(groups.count * C); // [G, C]
    for (let i = 0; i < n; i++) {
      const at = (groups.codes[i] as number) * C + (classes.codes[i] as number);
      counts[at] = (counts[at] as number) + 1;
    }
    const countsOfGroup = (group: number) => counts.subarray(group * C, (group + 1) * C);
    const spread = Float64Array.from({ length: groups.count }, (_, group) => deviation(countsOfGroup(group)));
    const order = range(0, groups.count);
    if (random) shuffle(order, random());
    const ordered = [...order].sort((a, b) => (spread[b] as number) - (spread[a] as number));

    const table = new FoldTable(nSplits, totals);
    const foldOf = new Uint32Array(groups.count);
    for (const group of ordered) foldOf[group] = table.place(countsOfGroup(group));
    return foldsOf({ codes: lookUp(foldOf, groups.codes), count: nSplits });
  }
}

/** How many of each class each fold holds so far, and what share of the class that is. */
class FoldTable {
  readonly #totals: Uint32Array; // [C]
  readonly #counts: Float64Array; // [C, k]
  readonly #shares: Float64Array; // [C, k]
  readonly #deviations: Float64Array; // [C]
  readonly #sizes: Float64Array; // [k]

  constructor(nSplits: number, totals: Uint32Array) {
    this.#totals = totals;
    this.#counts = new Float64Array(totals.length * nSplits);
    this.#shares = new Float64Array(totals.length * nSplits);
    this.#deviations = new Float64Array(totals.length);
    this.#sizes = new Float64Array(nSplits);
  }

  /** Puts a group into the fold that suits it, and says which. */
  place(group: Float64Array): number {
    let best = { fold: 0, unevenness: Number.POSITIVE_INFINITY, size: Number.POSITIVE_INFINITY };
    for (let fold = 0; fold < this.#sizes.length; fold++) {
      this.#add(fold, group, 1);
      const unevenness = this.#unevenness();
      this.#add(fold, group, -1);
      const size = this.#sizes[fold] as number;
      const isClose = Math.abs(unevenness - best.unevenness) <= 1e-8 + 1e-5 * best.unevenness;
      if (unevenness < best.unevenness || (isClose && size < best.size)) best = { fold, unevenness, size };
    }
    this.#add(best.fold, group, 1);
    return best.fold;
  }

  #add(fold: number, group: Float64Array, sign: 1 | -1): void {
    const k = this.#sizes.length;
    for (let c = 0; c < group.length; c++) {
      const at = c * k + fold;
      const more = sign * (group[c] as number);
      this.#sizes[fold] = (this.#sizes[fold] as number) + more;
      this.#counts[at] = (this.#counts[at] as number) + more;
      this.#shares[at] = (this.#counts[at] as number) / (this.#totals[c] as number);
    }
  }

  /** The mean over classes of the standard deviation of their shares over folds. */
  #unevenness(): number {
    const [C, k] = [this.#totals.length, this.#sizes.length];
    // NumPy adds down a column one by one, but sees a single column as a row.
    if (C === 1) return deviation(this.#shares);
    for (let c = 0; c < C; c++) this.#deviations[c] = plainDeviation(this.#shares, c * k, (c + 1) * k);
    return pairwiseSum(this.#deviations) / C;
  }
}

/** The standard deviation of `numbers[start … end − 1]`, added one by one. */
function plainDeviation(numbers: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += numbers[i] as number;
  const mean = sum / (end - start);
  let squares = 0;
  for (let i = start; i < end; i++) squares += ((numbers[i] as number) - mean) ** 2;
  return Math.sqrt(squares / (end - start));
}
