import { checkInteger } from '../checks';
import { lazily, Splitter } from '../splitter';
import { combinations } from './combinations';

/**
 * Every choice of p samples is tested on once, in lexicographic order: `n! / (p! (n − p)!)` splits, made one by one.
 *
 * @throws RangeError unless n > p.
 */
export class LeavePOut extends Splitter {
  readonly #p: number;

  constructor({ p }: { p: number }) {
    super();
    checkInteger('LeavePOut', 'p', p, 1);
    this.#p = p;
  }

  protected testFolds(n: number): Iterable<Uint32Array> {
    const p = this.#p;
    if (n <= p) throw new RangeError(`LeavePOut.split: p must be below the number of samples, ${n}, got ${p}`);
    return lazily(() => combinations(n, p));
  }
}

/**
 * Each sample is tested on once, alone.
 *
 * @throws RangeError unless there are at least two samples.
 */
export class LeaveOneOut extends Splitter {
  protected testFolds(n: number): Iterable<Uint32Array> {
    if (n < 2)
      throw new RangeError(`LeaveOneOut.split: n must be at least 2, got ${n}; one sample leaves none to train on`);
    return lazily(() => combinations(n, 1));
  }
}
