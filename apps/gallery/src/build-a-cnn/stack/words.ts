import { type Kind, kinds } from './blocks';
import { type Field, type Figures, SIDE, wordsOf } from './figures';

/** What stands beside a control of a block. */
export const fieldLabels: Readonly<Record<string, string>> = {
  filters: 'filters',
  kernel: 'window',
  size: 'window',
  stride: 'stride',
  padding: 'padding',
  activation: 'activation',
  norm: 'norm',
  ratio: 'ratio',
  rate: 'rate',
  units: 'units',
};

/** What stands in a menu for a choice. */
export function choiceLabel(field: string, choice: string | number): string {
  if (field === 'kernel' || field === 'size') return `${choice} × ${choice}`;
  if (field === 'activation') return { relu: 'ReLU', gelu: 'GELU', linear: 'none' }[choice as string] ?? String(choice);
  if (field === 'norm') return choice === 'batch' ? 'batch norm' : 'none';
  return String(choice);
}

/** A stage of a stack by name: 0 is the digit, the last one the classes. */
export const stageName = (kindsOfStack: readonly Kind[], stage: number): string =>
  stage === 0
    ? 'the digit'
    : stage > kindsOfStack.length
      ? 'the classes'
      : kinds[kindsOfStack[stage - 1] as Kind].label;

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en');

/** The figures of a block, in words for its row. */
export function figureWords(
  figures: Figures | undefined,
): Record<'shape' | 'weights' | 'multiplications' | 'field', string> {
  if (figures === undefined) return { shape: '–', weights: '–', multiplications: '–', field: '–' };
  const { shape, weights, multiplications, field } = figures;
  return {
    shape: wordsOf(shape),
    weights: whole.format(weights),
    multiplications: short.format(multiplications),
    field: field.whole ? 'all' : `${field.size} × ${field.size}`,
  };
}

export const totalWords = (count: number): string => (count < 1e6 ? whole.format(count) : short.format(count));

/** What a unit of a block sees, in words. @param at - its row and column, from 0. */
export function reachWords(
  name: string,
  { size, jump, count, whole }: Field,
  at: readonly [number, number],
  isRow: boolean,
): string {
  if (isRow && whole) return `A unit of ${name} sees the whole digit.`;
  if (isRow) return `The numbers of ${name} have lost their place; one of them still sees ${size} × ${size} pixels.`;
  if (whole) return `A unit of ${name} sees the whole digit, by the gate.`;
  const place = `in row ${at[0] + 1}, column ${at[1] + 1} of ${count} × ${count}`;
  const beyond = size > SIDE ? ', more than there are' : '';
  return `A unit of ${name}, ${place}, sees ${size} × ${size} pixels${beyond}; the next one sees those ${jump} further on.`;
}
