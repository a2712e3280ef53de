import { countsOf, encode, membersOf } from '../labels';
import { type Random, shuffle } from '../random';
import { Divider, lazily, range, type Samples, type Split } from '../splitter';
import { extremes } from './classes';
import { shareSizes } from './shareSizes';
import { checkDraws, type ShuffleOptions } from './shuffleSplit';

/**
 * Independent draws that keep the classes' shares: each class gives `share · size` members to either side, rounded down,
 * and the largest remainders one more. By default a tenth is tested on.
 *
 * @throws RangeError when a class has fewer than two members, or a side has not room for one of each class.
 */
export class StratifiedShuffleSplit extends Divider {
  readonly #options: ShuffleOptions;

  constructor(options: ShuffleOptions = {}) {
    super();
    checkDraws('StratifiedShuffleSplit', options);
    this.#options = { ...options };
  }

  protected splits(n: number, { y }: Samples): Iterable<Split> {
    return drawStratified('StratifiedShuffleSplit.split', this.#options, n, y, 0.1);
  }
}

export function drawStratified(
  where: string,
  options: ShuffleOptions,
  n: number,
  y: ArrayLike<unknown> | undefined,
  byDefault: number,
  name = 'y',
): Iterable<Split> {
  const sizes = shareSizes(where, options, n, byDefault);
  const classes = encode(where, name, y, n, { by: 'order', classes: true });
  const counts = countsOf(classes);
  if (extremes(counts)[0] < 2) {
    throw new RangeError(`${where}: ${name} must have at least 2 members of each class, got a class of 1`);
  }
  for (const [side, size] of Object.entries(sizes)) {
    if (size < classes.count) {
      throw new RangeError(`${where}: ${side}Size must hold each of the ${classes.count} classes, got ${size} samples`);
    }
  }
  const { nSplits, stream } = checkDraws(where, options);
  const members = membersOf(classes);
  return lazily(function* () {
    for (let draw = 0; draw < nSplits; draw++) {
      const random = stream(draw);
      const trained = apportion(counts, sizes.train, random);
      const left = counts.map((count, c) => count - (trained[c] as number));
      const tested = apportion(left, sizes.test, random);
      const [train, test] = [new Uint32Array(sizes.train), new Uint32Array(sizes.test)];
      let [trainEnd, testEnd] = [0, 0];
      members.forEach((ofClass, c) => {
        const order = shuffle(ofClass.slice(), random);
        const [toTrain, toTest] = [trained[c] as number, tested[c] as number];
        train.set(order.subarray(0, toTrain), trainEnd);
        test.set(order.subarray(toTrain, toTrain + toTest), testEnd);
        trainEnd += toTrain;
        testEnd += toTest;
      });
      yield { train: shuffle(train, random), test: shuffle(test, random) };
    }
  });
}

/** Shares of a total in proportion to some counts, by largest remainders, ties at random. */
function apportion(counts: Uint32Array, total: number, random: Random): Uint32Array {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const exact = Array.from(counts, (count) => (count / all) * total);
  const shares = Uint32Array.from(exact, Math.floor);
  const missing = total - shares.reduce((sum, share) => sum + share, 0);
  const remainder = (c: number) => (exact[c] as number) - (shares[c] as number);
  const order = [...shuffle(range(0, counts.length), random)].sort((a, b) => remainder(b) - remainder(a));
  for (const c of order.slice(0, missing)) shares[c] = (shares[c] as number) + 1;
  return shares;
}
