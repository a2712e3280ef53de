import { checkAtMost, checkLength, show } from '../checks';
import { foldsOf } from '../labels';
import { type Random, shuffle } from '../random';
import { range, type Samples, Splitter } from '../splitter';
import { checkFolds, type FoldOptions, type Folds } from './foldOptions';

/**
 * K folds with every label in equal shares, when a sample has several: `y` holds a row of zeros and ones a sample.
 *
 * The label with the fewest samples left comes next; each of its samples goes to the fold that wants most of it, of
 * those to the fold that wants most samples, of those to the first, or, shuffled, to any. O(n·(L + k)).
 *
 * Reference: Sechidis, Tsoumakas, Vlahavas, "On the stratification of multi-label data", 2011, algorithm 1.
 *
 * @throws RangeError when nSplits is below 2 or above n, or rows differ in length or hold anything but 0 and 1;
 *   TypeError without rows `y`.
 */
export class MultilabelStratifiedKFold extends Splitter {
  readonly #folds: Folds;

  constructor(options: FoldOptions = {}) {
    super();
    this.#folds = checkFolds('MultilabelStratifiedKFold', options);
  }

  protected testFolds(n: number, { y }: Samples): Iterable<Uint32Array> {
    const { nSplits, random } = this.#folds;
    const where = 'MultilabelStratifiedKFold.split';
    checkAtMost(where, 'nSplits', nSplits, 'samples', n);
    const labels = checkRows(where, y, n);
    return foldsOf({ codes: stratify(labels, n, nSplits, random?.()), count: nSplits });
  }
}

/** The labels of each sample. */
function checkRows(where: string, y: ArrayLike<unknown> | undefined, n: number): Uint32Array[] {
  checkLength(where, 'y', y, n);
  const width = (y[0] as ArrayLike<unknown> | undefined)?.length;
  return Array.from(y, (value, i) => {
    const row = value as ArrayLike<unknown>;
    if (typeof value !== 'object' || value === null || typeof row.length !== 'number') {
      throw new TypeError(`${where}: y[${i}] must be a row of zeros and ones, got ${show(value)}`);
    }
    if (row.length !== width)
      throw new RangeError(`${where}: y[${i}] must have ${width} entries as y[0] has, got ${row.length}`);
    const labels: number[] = [];
    for (let label = 0; label < row.length; label++) {
      const entry = Number(row[label]);
      if (entry !== 0 && entry !== 1)
        throw new RangeError(`${where}: y[${i}][${label}] must be 0 or 1, got ${show(row[label])}`);
      if (entry === 1) labels.push(label);
    }
    return Uint32Array.from(labels);
  });
}

/** The fold of each sample. */
function stratify(labels: Uint32Array[], n: number, nSplits: number, random: Random | undefined): Uint32Array {
  const order = range(0, n);
  if (random) shuffle(order, random);
  const samplesOf: number[][] = [];
  for (const i of order) {
    for (const label of labels[i] as Uint32Array) {
      samplesOf[label] ??= [];
      samplesOf[label].push(i);
    }
  }
  const left = Array.from(samplesOf, (samples) => samples?.length ?? 0);
  const wanted = Array.from(left, (count) => new Float64Array(nSplits).fill(count / nSplits)); // [L] of [k]
  const room = new Float64Array(nSplits).fill(n / nSplits);
  const foldOf = new Uint32Array(n).fill(nSplits);

  const assign = (i: number, fold: number) => {
    foldOf[i] = fold;
    room[fold] = (room[fold] as number) - 1;
    for (const label of labels[i] as Uint32Array) {
      left[label] = (left[label] as number) - 1;
      const wants = wanted[label] as Float64Array;
      wants[fold] = (wants[fold] as number) - 1;
    }
  };
  for (let label = rarest(left); label >= 0; label = rarest(left)) {
    for (const i of samplesOf[label] as number[]) {
      if (foldOf[i] === nSplits) assign(i, neediest(wanted[label] as Float64Array, room, random));
    }
  }
  for (const i of order) if (foldOf[i] === nSplits) assign(i, neediest(room, room, random));
  return foldOf;
}

/** The label with the fewest samples left, but with some; −1 when none has any. */
function rarest(left: number[]): number {
  let best = -1;
  for (let label = 0; label < left.length; label++) {
    const count = left[label] as number;
    if (count > 0 && (best < 0 || count < (left[best] as number))) best = label;
  }
  return best;
}

/** The fold that wants most, then that with most room, then the first or any. */
function neediest(wants: Float64Array, room: Float64Array, random: Random | undefined): number {
  let best: number[] = [0];
  for (let fold = 1; fold < wants.length; fold++) {
    const first = best[0] as number;
    const more = compare(wants, fold, first) || compare(room, fold, first);
    if (more > 0) best = [fold];
    else if (more === 0) best.push(fold);
  }
  return best[random && best.length > 1 ? random.below(best.length) : 0] as number;
}

/** The difference of two wishes, but for what rounding leaves: all are count / k less an integer. */
function compare(wishes: Float64Array, a: number, b: number): number {
  const difference = (wishes[a] as number) - (wishes[b] as number);
  return Math.abs(difference) < 1e-6 ? 0 : difference;
}
