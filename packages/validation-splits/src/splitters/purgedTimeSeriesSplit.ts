import { checkAtMost, checkInteger } from '../checks';
import { Divider, lazily, range, type Split } from '../splitter';
import { foldStart } from './foldOptions';

export interface PurgedOptions {
  /** How many folds, 5 by default. */
  nSplits?: number;
  /** How many samples on either side of the test fold not to train on: as far as a label looks ahead. */
  purge?: number;
  /** How many more samples after the test fold not to train on. */
  embargo?: number;
}

/**
 * K folds of neighbours in time, each trained for on both sides of it, but for the samples whose labels overlap with the
 * test's: `purge` before, `purge + embargo` after.
 *
 * Reference: López de Prado, "Advances in financial machine learning", 2018, §7.4.
 *
 * @throws RangeError when nSplits is above n, or a fold is left without a sample to train on.
 */
export class PurgedTimeSeriesSplit extends Divider {
  readonly #options: Required<PurgedOptions>;

  constructor({ nSplits = 5, purge = 0, embargo = 0 }: PurgedOptions = {}) {
    super();
    checkInteger('PurgedTimeSeriesSplit', 'nSplits', nSplits, 2);
    checkInteger('PurgedTimeSeriesSplit', 'purge', purge, 0);
    checkInteger('PurgedTimeSeriesSplit', 'embargo', embargo, 0);
    this.#options = { nSplits, purge, embargo };
  }

  protected splits(n: number): Iterable<Split> {
    const { nSplits, purge, embargo } = this.#options;
    const where = 'PurgedTimeSeriesSplit.split';
    checkAtMost(where, 'nSplits', nSplits, 'samples', n);
    const folds = Array.from({ length: nSplits }, (_, fold) => {
      const [start, end] = [foldStart(n, nSplits, fold), foldStart(n, nSplits, fold + 1)];
      return { start, end, before: Math.max(0, start - purge), after: Math.min(n, end + purge + embargo) };
    });
    for (const { start, end, before, after } of folds) {
      if (before + n - after === 0) {
        const got = `purge ${purge} and embargo ${embargo}`;
        throw new RangeError(
          `${where}: purge and embargo must leave some of ${n} samples to train for ${start}…${end - 1}, got ${got}`,
        );
      }
    }
    return lazily(function* () {
      for (const { start, end, before, after } of folds) {
        const train = new Uint32Array(before + n - after);
        train.set(range(0, before));
        train.set(range(after, n), before);
        yield { train, test: range(start, end) };
      }
    });
  }
}
