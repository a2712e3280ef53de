import { checkLength, show } from './checks';
import { lazily } from './splitter';

/** Labels as numbers 0, 1, 2… */
export interface Encoded {
  /** The number of each sample's label. */
  codes: Uint32Array;
  /** How many different labels there are. */
  count: number;
}

/**
 * Numbers labels by their first appearance, or by their order.
 *
 * @throws RangeError when there are not n labels, or one is NaN or infinite; TypeError when they are missing, are not
 *   numbers, strings, booleans or bigints, or not all of one kind.
 */
export function encode(
  where: string,
  name: string,
  values: ArrayLike<unknown> | undefined,
  n: number,
  by: 'appearance' | 'order',
): Encoded {
  checkLength(where, name, values, n);
  const codeOf = new Map<unknown, number>();
  const codes = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    let code = codeOf.get(value);
    if (code === undefined) {
      checkLabel(where, `${name}[${i}]`, value, values[0]);
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

function checkLabel(where: string, name: string, value: unknown, first: unknown): void {
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
}

/** How often each code comes. */
export function countsOf({ codes, count }: Encoded): Uint32Array {
  const counts = new Uint32Array(count);
  for (let i = 0; i < codes.length; i++) (counts[codes[i] as number] as number)++;
  return counts;
}

/** The samples of each code, in ascending order: a counting sort, O(n). */
export function membersOf(encoded: Encoded): Uint32Array[] {
  const members = Array.from(countsOf(encoded), (size) => new Uint32Array(size));
  const filled = new Uint32Array(encoded.count);
  const { codes } = encoded;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    (members[code] as Uint32Array)[(filled[code] as number)++] = i;
  }
  return members;
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
