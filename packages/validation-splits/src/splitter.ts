import { checkAtMost, checkInteger } from './checks';

/** One division of the samples: positions to train on, positions to test on. */
export interface Split {
  train: Uint32Array;
  test: Uint32Array;
}

/** What a splitter may look at: a label and a group a sample. */
export interface Samples {
  y?: ArrayLike<unknown>;
  groups?: ArrayLike<unknown>;
}

/** Anything that divides samples. */
export abstract class Divider {
  /**
   * @param n - how many samples there are.
   * @param samples - their labels `y` and `groups`, n of each, where the splitter needs them.
   * @returns the splits, made one by one as they are asked for; a second walk gives the same again.
   * @throws RangeError or TypeError at the call, before any split is made.
   */
  split(n: number, samples: Samples = {}): Iterable<Split> {
    checkInteger('split', 'n', n, 1);
    checkAtMost('split', 'n', n, 'what 32 bits can count', 2 ** 32 - 1);
    return walkable(() => this.splits(n, samples));
  }

  /** The splits themselves, their samples checked. */
  protected abstract splits(n: number, samples: Samples): Iterable<Split>;
}

/**
 * A splitter says only which samples each test fold holds; the rest trains.
 *
 * A new one needs `testFolds` and nothing else.
 */
export abstract class Splitter extends Divider {
  protected splits(n: number, samples: Samples): Iterable<Split> {
    const folds = walkable(() => this.testFolds(n, samples));
    return lazily(function* () {
      for (const test of folds) yield { train: complement(n, test), test };
    });
  }

  /** The samples of each test fold: an array of them, or a generator. */
  protected abstract testFolds(n: number, samples: Samples): Iterable<Uint32Array>;
}

/** What can be walked again and again. It is made at once, and once more a walk if it is a generator, good for one. */
function walkable<T>(make: () => Iterable<T>): Iterable<T> {
  const made = make();
  const isGenerator = (made[Symbol.iterator]() as unknown) === made;
  return isGenerator ? lazily(() => make()[Symbol.iterator]()) : made;
}

/** An iterable that starts anew at every walk. */
export const lazily = <T>(walk: () => Iterator<T>): Iterable<T> => ({ [Symbol.iterator]: walk });

/** The numbers below n that are not among those given, in ascending order. */
function complement(n: number, held: Uint32Array): Uint32Array {
  const rest = new Uint32Array(n - held.length);
  const first = held[0] ?? 0;
  if (held.every((sample, i) => sample === first + i)) {
    for (let i = 0; i < rest.length; i++) rest[i] = i < first ? i : i + held.length;
    return rest;
  }
  const isHeld = new Uint8Array(n);
  for (let i = 0; i < held.length; i++) isHeld[held[i] as number] = 1;
  // Writes each number and goes on only past those that stay: quicker than to ask.
  let count = 0;
  for (let i = 0; count < rest.length; i++) {
    rest[count] = i;
    count += 1 - (isHeld[i] as number);
  }
  return rest;
}

/** The numbers from `start` up to, not including, `end`. */
export function range(start: number, end: number): Uint32Array {
  const numbers = new Uint32Array(Math.max(0, end - start));
  for (let i = 0; i < numbers.length; i++) numbers[i] = start + i;
  return numbers;
}
