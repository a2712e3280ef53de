import { describe } from './describe';
import { checkLength } from './numbers';

export type Label = number | string;

/** A column of labels: all numbers, or all strings. */
export type Labels = ArrayLike<number> | ArrayLike<string>;

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
  const met = new Map<Label, number>(); // the labels in the order in which they were first met
  const small = new Int32Array(256).fill(-1); // the same of the labels 0 … 255, without a look-up
  let length: number | undefined;

  const meet = (argument: string, i: number, label: Label): number => {
    let code = met.get(label);
    if (code === undefined) {
      const kind = typeof (met.keys().next().value ?? label);
      if (typeof label !== kind || (kind !== 'number' && kind !== 'string')) {
        const wanted = kind === 'string' ? 'string' : 'number';
        throw new TypeError(`${caller}: ${argument}[${i}] must be a ${wanted}, got ${describe(label)}`);
      }
      if (kind === 'number' && !Number.isFinite(label)) {
        throw new RangeError(`${caller}: ${argument}[${i}] must be finite, got ${label}`);
      }
      code = met.size;
      met.set(label, code);
    }
    if (typeof label === 'number') small[label] = code;
    return code;
  };
  const encode = (argument: string, values: Labels): Int32Array => {
    const codes = new Int32Array(values.length);
    for (let i = 0; i < codes.length; i++) {
      const label = values[i] as Label;
      const code = typeof label === 'number' ? small[label] : undefined;
      codes[i] = code === undefined || code < 0 ? meet(argument, i, label) : code;
    }
    return codes;
  };

  const codes = Object.entries(columns).map(([argument, values]) => {
    checkLength(caller, argument, values, length);
    length = values.length;
    return encode(argument, values);
  });
  if (labels) checkLength(caller, 'labels', labels);
  const wanted = labels && encode('labels', labels);
  if (wanted && new Set(wanted).size < wanted.length) {
    throw new RangeError(`${caller}: labels must differ from each other, got one twice`);
  }
  const classes = labels ? Array.from<Label>(labels) : [...met.keys()].sort((a, b) => (a < b ? -1 : 1));
  const place = new Int32Array(met.size).fill(-1);
  for (const [k, label] of classes.entries()) place[met.get(label) as number] = k;
  for (const column of codes) for (let i = 0; i < column.length; i++) column[i] = place[column[i] as number] as number;
  return { classes, codes };
}
