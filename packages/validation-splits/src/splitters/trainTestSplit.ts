import { checkInteger } from '../checks';
import { range, type Split } from '../splitter';
import { drawGroups } from './groupShuffleSplit';
import { type ShareOptions, shareSizes } from './shareSizes';
import { drawSamples } from './shuffleSplit';
import { drawStratified } from './stratifiedShuffleSplit';

export interface TrainTestOptions extends ShareOptions {
  /** A class a sample: keep the classes' shares on both sides. */
  stratify?: ArrayLike<unknown>;
  /** A group a sample: keep each group on one side. Sizes then count groups. */
  groups?: ArrayLike<unknown>;
  /** Whether to draw at random, which is the default; else the first samples train and the next test. */
  shuffle?: boolean;
  /** Where the draw comes from, 0 by default. */
  seed?: number;
}

/**
 * One split into samples to train on and samples to test on, by default a quarter.
 *
 * @param n - how many samples there are.
 * @throws RangeError when a size is impossible, a class has fewer than two members, or `stratify` or `seed` comes with
 *   `shuffle: false`; TypeError when both `stratify` and `groups` are given.
 */
export function trainTestSplit(n: number, options: TrainTestOptions = {}): Split {
  const { stratify, groups, shuffle = true, seed, testSize, trainSize } = options;
  const where = 'trainTestSplit';
  checkInteger(where, 'n', n, 1);
  if (stratify !== undefined && groups !== undefined) {
    throw new TypeError(`${where}: stratify must be left out with groups, got both; StratifiedGroupKFold heeds both`);
  }
  const draw = { testSize, trainSize, seed, nSplits: 1 };
  if (!shuffle) {
    for (const [name, value] of Object.entries({ stratify, groups, seed })) {
      if (value !== undefined) {
        throw new RangeError(
          `${where}: ${name} must be left out without shuffle, got ${name === 'seed' ? value : 'one'}`,
        );
      }
    }
    const sizes = shareSizes(where, draw, n, 0.25);
    return { train: range(0, sizes.train), test: range(sizes.train, sizes.train + sizes.test) };
  }
  if (stratify !== undefined) return only(drawStratified(where, draw, n, stratify, 0.25, 'stratify'));
  if (groups !== undefined) return only(drawGroups(where, draw, n, groups, 0.25));
  return only(drawSamples(where, draw, n, 0.25));
}

function only(splits: Iterable<Split>): Split {
  const [split] = splits;
  return split as Split;
}
