import { checkInteger } from '../checks';
import { Divider, lazily, range, type Split } from '../splitter';

export interface SlidingWindowOptions {
  trainSize: number;
  testSize: number;
  /** How far the window moves from split to split; by default `testSize`, so that the tests follow one another. */
  step?: number;
  /** How many samples to leave out between training and test. */
  gap?: number;
}

/**
 * A window of fixed size that moves over time: `trainSize` samples to train on, then `gap` left out, then `testSize` to
 * test on. Samples after the last whole window are left out.
 *
 * @throws RangeError when n is too small for one window.
 */
export class SlidingWindowSplit extends Divider {
  readonly #options: Required<SlidingWindowOptions>;

  constructor({ trainSize, testSize, step = testSize, gap = 0 }: SlidingWindowOptions) {
    super();
    checkInteger('SlidingWindowSplit', 'trainSize', trainSize, 1);
    checkInteger('SlidingWindowSplit', 'testSize', testSize, 1);
    checkInteger('SlidingWindowSplit', 'step', step, 1);
    checkInteger('SlidingWindowSplit', 'gap', gap, 0);
    this.#options = { trainSize, testSize, step, gap };
  }

  protected splits(n: number): Iterable<Split> {
    const { trainSize, testSize, step, gap } = this.#options;
    const size = trainSize + gap + testSize;
    if (size > n) {
      const sum = 'trainSize + gap + testSize';
      throw new RangeError(`SlidingWindowSplit.split: ${sum} must be at most the number of samples, ${n}, got ${size}`);
    }
    return lazily(function* () {
      for (let start = 0; start + size <= n; start += step) {
        const test = start + trainSize + gap;
        yield { train: range(start, start + trainSize), test: range(test, test + testSize) };
      }
    });
  }
}
