import { describe } from './describe';
import { checkLength } from './numbers';
import { refuse } from './refuse';

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
  const met = new Map<Label, number>(); // the labels, numbered from 1 as they are first met
  const small = new Int32Array(256); // the same of the labels 0 … 255, without a look-up; 0 where there is none
  let kind: string | undefined;

  const meet = (place: string, label: Label): number => {
    kind = kindOf(caller, place, label, kind);
    const code = met.size + 1;
    met.set(label, code);
    if (kind === 'number') small[label as number] = code;
    return code;
  };
  const encode = (argument: string, values: Labels, length?: number): Int32Array => {
    checkLength(caller, argument, values, length);
    const codes = new Int32Array(values.length);
    for (let i = 0; i < codes.length; i++) {
      const label = values[i] as Label;
      codes[i] = (typeof label === 'number' && small[label]) || (met.get(label) ?? meet(`${argument}[${i}]`, label));
    }
    return codes;
  };

  let length: number | undefined;
  const codes = Object.entries(columns).map(([argument, values]) => {
    const column = encode(argument, values, length);
    length = column.length;
    return column;
  });
  if (labels) encode('labels', labels);
  const classes = labels ? Array.from<Label>(labels) : [...met.keys()].sort((a, b) => (a < b ? -1 : 1));
  const place = new Int32Array(met.size + 1).fill(-1);
  for (const [k, label] of classes.entries()) {
    const code = met.get(label) as number;
    if (place[code] !== -1) refuse(caller, 'labels', 'differ from each other', `${describe(label)} twice`);
    place[code] = k;
  }
  for (const column of codes) for (let i = 0; i < column.length; i++) column[i] = place[column[i] as number] as number;
  return { classes, codes };
}

/** Whether a label is a number or a string; throws unless it is of the kind of those before it, and finite. */
export function kindOf(caller: string, place: string, label: Label, kind?: string): string {
  const wanted = kind ?? (typeof label === 'string' ? 'string' : 'number');
  if (typeof label !== wanted) refuse(caller, place, `be a ${wanted}`, describe(label), TypeError);
  if (wanted === 'number' && !Number.isFinite(label)) refuse(caller, place, 'be finite', label);
  return wanted;
}
