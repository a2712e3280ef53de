import { checkInteger } from '../checks';
import { Divider, lazily, range, type Split } from '../splitter';

export interface TimeSeriesOptions {
  /** How many splits, 5 by default. */
  nSplits?: number;
  /** The most to train on: what is older is left out. */
  maxTrainSize?: number;
  /** How much to test on; by default `⌊n / (nSplits + 1)⌋`. */
  testSize?: number;
  /** How much to leave out between training and test. */
  gap?: number;
}

/**
 * Tests on later samples than it trains on: test sets follow one another up to the end, each trained for by all that
 * came before, or the last `maxTrainSize` of it.
 *
 * @throws RangeError when n is too small for the splits.
 */
export class TimeSeriesSplit extends Divider {
  readonly #options: TimeSeriesOptions;

  constructor(options: TimeSeriesOptions = {}) {
    super();
    checkTimeSeries('TimeSeriesSplit', options);
    this.#options = { ...options };
  }

  protected splits(n: number): Iterable<Split> {
    const windows = timeWindows('TimeSeriesSplit.split', this.#options, n, 'samples');
    return lazily(function* () {
      for (const { train, test } of windows) yield { train: range(...train), test: range(...test) };
    });
  }
}

export function checkTimeSeries(
  where: string,
  { nSplits = 5, maxTrainSize, testSize, gap = 0 }: TimeSeriesOptions,
): void {
  checkInteger(where, 'nSplits', nSplits, 2);
  if (maxTrainSize !== undefined) checkInteger(where, 'maxTrainSize', maxTrainSize, 1);
  if (testSize !== undefined) checkInteger(where, 'testSize', testSize, 1);
  checkInteger(where, 'gap', gap, 0);
}

/** From where up to where, the end not included. */
export type Interval = [start: number, end: number];

/** The windows over n moments: samples, or groups of them. */
export function timeWindows(
  where: string,
  { nSplits = 5, maxTrainSize = Number.POSITIVE_INFINITY, testSize, gap = 0 }: TimeSeriesOptions,
  n: number,
  what: string,
): { train: Interval; test: Interval }[] {
  if (nSplits >= n) {
    throw new RangeError(`${where}: nSplits must be below the number of ${what}, ${n}, got ${nSplits}`);
  }
  const size = testSize ?? Math.floor(n / (nSplits + 1));
  const first = n - nSplits * size;
  if (first - gap <= 0) {
    const taken = `nSplits ${nSplits}, testSize ${size} and gap ${gap}`;
    throw new RangeError(`${where}: nSplits · testSize + gap must be below the number of ${what}, ${n}, got ${taken}`);
  }
  return Array.from({ length: nSplits }, (_, i) => {
    const start = first + i * size;
    const end = start - gap;
    return { train: [Math.max(0, end - maxTrainSize), end], test: [start, start + size] };
  });
}
