import { show } from '../checks';

export interface ShareOptions {
  /** How much to test on: a share in (0, 1), rounded up, or a number of samples. */
  testSize?: number;
  /** How much to train on: a share in (0, 1), rounded down, or a number of samples; by default all that is left. */
  trainSize?: number;
}

/**
 * How many train and how many test.
 *
 * @param what - what is counted: samples or groups.
 * @throws RangeError when a share is outside (0, 1), a number outside 1 … n − 1, or both together above n.
 */
export function shareSizes(
  where: string,
  { testSize, trainSize }: ShareOptions,
  n: number,
  byDefault: number,
  what = 'samples',
): { train: number; test: number } {
  const test = testSize ?? (trainSize === undefined ? byDefault : undefined);
  checkShare(where, 'testSize', test, n, what);
  checkShare(where, 'trainSize', trainSize, n, what);
  const tested = test === undefined ? undefined : test < 1 ? Math.ceil(test * n) : test;
  const trained = trainSize === undefined ? undefined : trainSize < 1 ? Math.floor(trainSize * n) : trainSize;
  const sizes = { train: trained ?? n - (tested ?? 0), test: tested ?? n - (trained ?? 0) };
  if (sizes.train + sizes.test > n) {
    throw new RangeError(
      `${where}: trainSize and testSize must take at most the ${n} ${what}, got ${sizes.train} and ${sizes.test}`,
    );
  }
  for (const [name, size] of Object.entries(sizes)) {
    if (size === 0) throw new RangeError(`${where}: ${name}Size must leave at least one of ${n} ${what}, got 0`);
  }
  return sizes;
}

function checkShare(where: string, name: string, size: number | undefined, n: number, what: string): void {
  if (size === undefined) return;
  const message = `${where}: ${name} must be a share in (0, 1) or an integer from 1 to ${n - 1}, below the number of ${what}, got ${show(size)}`;
  if (typeof size !== 'number') throw new TypeError(message);
  const isShare = size > 0 && size < 1;
  if (!isShare && !(Number.isInteger(size) && size >= 1 && size < n)) throw new RangeError(message);
}
