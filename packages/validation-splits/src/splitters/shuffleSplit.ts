import { checkInteger } from '../checks';
import { checkSeed, createRandom, shuffle } from '../random';
import { Divider, lazily, range, type Split } from '../splitter';
import { type ShareOptions, shareSizes } from './shareSizes';

export interface ShuffleOptions extends ShareOptions {
  /** How many times to draw, 10 by default. */
  nSplits?: number;
  /** Where the draws come from, 0 by default. */
  seed?: number;
}

/** Options that are checked, and a stream for each draw. */
export function checkDraws(where: string, { nSplits = 10, seed }: ShuffleOptions) {
  checkInteger(where, 'nSplits', nSplits, 1);
  const checked = checkSeed(where, seed);
  return { nSplits, stream: (draw: number) => createRandom(checked, draw) };
}

/**
 * Independent draws: a test set, by default a tenth, and a training set, both in random order.
 *
 * @throws RangeError when a size is no share and no possible number, or leaves a side empty.
 */
export class ShuffleSplit extends Divider {
  readonly #options: ShuffleOptions;

  constructor(options: ShuffleOptions = {}) {
    super();
    checkDraws('ShuffleSplit', options);
    this.#options = { ...options };
  }

  protected splits(n: number): Iterable<Split> {
    return drawSamples('ShuffleSplit.split', this.#options, n, 0.1);
  }
}

export function drawSamples(where: string, options: ShuffleOptions, n: number, byDefault: number): Iterable<Split> {
  const sizes = shareSizes(where, options, n, byDefault);
  const { nSplits, stream } = checkDraws(where, options);
  return lazily(function* () {
    for (let draw = 0; draw < nSplits; draw++) {
      const order = shuffle(range(0, n), stream(draw));
      yield { test: order.slice(0, sizes.test), train: order.slice(sizes.test, sizes.test + sizes.train) };
    }
  });
}
