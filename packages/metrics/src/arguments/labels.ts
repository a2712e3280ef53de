import { describe } from './describe';
import { checkLength } from './numbers';

export type Label = number | string;

/** A column of labels: all numbers, or all strings. */
export type Labels = ArrayLike<number> | ArrayLike<string>;

/** What one look at a column of labels tells. */
interface Survey {
  strings: boolean;
  /** All are whole numbers, from `low` to `high`. */
  whole: boolean;
  low: number;
  high: number;
}

/** A wider table of codes than this is not worth its memory; a Map serves instead. */
const widest = 65_536;

function survey(caller: string, argument: string, values: Labels): Survey {
  const strings = typeof values[0] === 'string';
  let [low, high, whole] = [Infinity, -Infinity, !strings];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value === 'number' && !strings) {
      if (!Number.isFinite(value)) throw new RangeError(`${caller}: ${argument}[${i}] must be finite, got ${value}`);
      if (value < low) low = value;
      if (value > high) high = value;
      if (whole && !Number.isInteger(value)) whole = false;
    } else if (typeof value !== 'string' || !strings) {
      const kind = strings ? 'string' : 'number';
      throw new TypeError(`${caller}: ${argument}[${i}] must be a ${kind}, got ${describe(value)}`);
    }
  }
  return { strings, whole, low, high };
}

/** Columns of labels as numbers 0 … K − 1 of their classes. */
export interface Coded {
  /** [K], ascending, or in the order that was asked for. */
  classes: readonly Label[];
  /** [N] each; −1 where the label is none of the classes. */
  codes: Int32Array[];
}

/**
 * Numbers the labels of several columns alike.
 *
 * @param columns - the columns by their argument's name, [N] each.
 * @param labels - the classes in their order; all that occur, ascending, if left out.
 * @throws TypeError if numbers and strings are mixed; RangeError if lengths differ, or a number is NaN or infinite, or a
 * class is listed twice.
 */
export function encodeLabels(caller: string, columns: Record<string, Labels>, labels?: Labels): Coded {
  const given = labels === undefined ? [] : [['labels', labels] as const];
  const surveys: Survey[] = [];
  let length: number | undefined;
  for (const [name, values] of [...Object.entries(columns), ...given]) {
    checkLength(caller, name, values, name === 'labels' ? undefined : length);
    length ??= values.length;
    surveys.push(survey(caller, name, values));
  }
  if (surveys.some(({ strings }) => strings !== surveys[0]?.strings)) {
    const names = Object.keys(columns).concat(given.length ? 'labels' : []);
    throw new TypeError(`${caller}: ${names.join(', ')} must be all numbers or all strings, got both`);
  }

  const low = Math.min(...surveys.map((one) => one.low));
  const high = Math.max(...surveys.map((one) => one.high));
  const tabled = surveys.every(({ whole }) => whole) && high - low < widest;
  const values = Object.values(columns);
  return tabled ? encodeByTable(caller, values, low, high, labels) : encodeByMap(caller, values, labels);
}

function encodeByTable(caller: string, columns: Labels[], low: number, high: number, labels?: Labels): Coded {
  const table = new Int32Array(high - low + 1).fill(-1);
  for (const column of labels ? [] : columns) {
    for (let i = 0; i < column.length; i++) table[(column[i] as number) - low] = 0;
  }
  const classes: number[] = [];
  if (labels) classes.push(...(Array.from<Label>(labels) as number[]));
  else for (let i = 0; i < table.length; i++) if (table[i] === 0) classes.push(i + low);
  if (labels) checkDistinct(caller, classes);
  for (const [code, label] of classes.entries()) table[label - low] = code;
  const codes = columns.map((column) => {
    const coded = new Int32Array(column.length);
    for (let i = 0; i < coded.length; i++) coded[i] = table[(column[i] as number) - low] as number;
    return coded;
  });
  return { classes, codes };
}

function encodeByMap(caller: string, columns: Labels[], labels?: Labels): Coded {
  const seen = new Set<Label>();
  for (const column of labels ? [labels] : columns) {
    for (let i = 0; i < column.length; i++) seen.add(column[i] as Label);
  }
  const classes = labels ? Array.from<Label>(labels) : [...seen].sort((a, b) => (a < b ? -1 : 1));
  if (labels) checkDistinct(caller, classes);
  const code = new Map(classes.map((label, i) => [label, i]));
  const codes = columns.map((column) => {
    const coded = new Int32Array(column.length);
    for (let i = 0; i < coded.length; i++) coded[i] = code.get(column[i] as Label) ?? -1;
    return coded;
  });
  return { classes, codes };
}

function checkDistinct(caller: string, classes: readonly Label[]): void {
  if (new Set(classes).size === classes.length) return;
  const twice = classes.find((label, i) => classes.indexOf(label) !== i);
  throw new RangeError(`${caller}: labels must differ from each other, got ${describe(twice)} twice`);
}
