import { checkLength, show } from './checks';
import { lazily } from './splitter';

/** Labels as numbers 0, 1, 2… */
export interface Encoded {
  /** The number of each sample's label. */
  codes: Uint32Array;
  /** How many different labels there are. */
  count: number;
}

/** What labels are for: in which order they are numbered, and whether they may be amounts. */
export interface Encoding {
  by: 'appearance' | 'order';
  /** Whether numbers with fractions are refused. */
  classes?: boolean;
}

/**
 * Numbers labels by their first appearance, or by their order. O(n), and for integers that stand close together, without
 * hashing.
 *
 * @throws RangeError when there are not n labels, or one is NaN or infinite; TypeError when they are missing, are not
 *   numbers, strings, booleans or bigints, or not all of one kind.
 */
export function encode(
  where: string,
  name: string,
  values: ArrayLike<unknown> | undefined,
  n: number,
  { by, classes = false }: Encoding,
): Encoded {
  checkLength(where, name, values, n);
  const integers = asIntegers(values);
  if (integers) return encodeIntegers(integers, by);

  const codeOf = new Map<unknown, number>();
  const codes = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    let code = codeOf.get(value);
    if (code === undefined) {
      checkLabel(where, `${name}[${i}]`, value, values[0], classes);
      code = codeOf.size;
      codeOf.set(value, code);
    }
    codes[i] = code;
  }
  if (by === 'order') {
    const rank = new Uint32Array(codeOf.size);
    [...(codeOf as Map<string, number>)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .forEach(([, code], place) => {
        rank[code] = place;
      });
    for (let i = 0; i < n; i++) codes[i] = rank[codes[i] as number] as number;
  }
  return { codes, count: codeOf.size };
}

/** Integers, and the least of them. */
interface Integers {
  values: ArrayLike<number>;
  least: number;
  range: number;
}

/** The labels as they are, if all are integers and a table of all between the least and the greatest is not too long. */
function asIntegers(values: ArrayLike<unknown>): Integers | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const range = most - least + 1;
  return range <= 2 * values.length + 1000 ? { values: values as ArrayLike<number>, least, range } : undefined;
}

function encodeIntegers({ values, least, range }: Integers, by: Encoding['by']): Encoded {
  const n = values.length;
  const codes = new Uint32Array(n);
  const table = new Uint32Array(range); // one more than the code, 0 where there is none
  let count = 0;
  if (by === 'order') {
    for (let i = 0; i < n; i++) table[(values[i] as number) - least] = 1;
    for (let at = 0; at < range; at++) if (table[at] === 1) table[at] = ++count;
  }
  for (let i = 0; i < n; i++) {
    const at = (values[i] as number) - least;
    if (table[at] === 0) table[at] = ++count;
    codes[i] = (table[at] as number) - 1;
  }
  return { codes, count };
}

function checkLabel(where: string, name: string, value: unknown, first: unknown, classes: boolean): void {
  const kind = typeof value;
  if (kind === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`${where}: ${name} must be finite, got ${value}`);
  }
  if (!['number', 'string', 'boolean', 'bigint'].includes(kind)) {
    throw new TypeError(`${where}: ${name} must be a number, a string, a boolean or a bigint, got ${show(value)}`);
  }
  if (kind !== typeof first) {
    throw new TypeError(
      `${where}: ${name} must be a ${typeof first} as the first one is, got the ${kind} ${show(value)}`,
    );
  }
  if (classes && kind === 'number' && !Number.isInteger(value)) {
    throw new TypeError(
      `${where}: ${name} must be a class, got ${value}; ContinuousStratifiedKFold stratifies amounts`,
    );
  }
}

/** How often each code comes. */
export function countsOf({ codes, count }: Encoded): Uint32Array {
  const counts = new Uint32Array(count);
  for (let i = 0; i < codes.length; i++) (counts[codes[i] as number] as number)++;
  return counts;
}

/** The samples of each code, in ascending order: a counting sort, O(n). */
export function membersOf(encoded: Encoded): Uint32Array[] {
  const { codes } = encoded;
  const ends = startsOf(countsOf(encoded));
  const order = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[(ends[codes[i] as number] as number)++] = i;
  return Array.from(ends, (end, code) => order.subarray(code === 0 ? 0 : ends[code - 1], end));
}

/** Where each run starts when runs of these lengths follow one another. */
export function startsOf(counts: Uint32Array): Uint32Array {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum - count;
  });
}

/** The samples of each fold, at every walk in arrays of the caller's own. */
export const foldsOf = (foldOf: Encoded) => copies(membersOf(foldOf));

export const copies = (folds: readonly Uint32Array[]): Iterable<Uint32Array> =>
  lazily(function* () {
    for (const fold of folds) yield fold.slice();
  });

/** The members of some groups, in ascending order. */
export function gather(members: readonly Uint32Array[], chosen: ArrayLike<number>): Uint32Array {
  const parts = Array.from(chosen, (group) => members[group] as Uint32Array);
  const all = new Uint32Array(parts.reduce((size, part) => size + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all.sort();
}

/** Puts in place of each place the number that stands there. */
export function lookUp(numbers: Uint32Array, places: Uint32Array): Uint32Array {
  for (let i = 0; i < places.length; i++) places[i] = numbers[places[i] as number] as number;
  return places;
}
