import { complain } from '../check';

/** An einsum's operands and result, a label for each dimension; those of an ellipsis are `.2`, `.1`, `.0`, the last `.0`. */
export interface Equation {
  operands: string[][];
  result: string[];
}

/**
 * Reads `ab,bc->ac`.
 *
 * @param ranks - how many dimensions each operand has.
 * @throws TypeError when the equation is none, or repeats a label within an operand.
 */
export function readEquation(equation: string, ranks: readonly number[]): Equation {
  const bad = (must: string) => complain('einsum', 'equation', must, equation);
  const [left = '', right, ...more] = equation.replaceAll(' ', '').split('->');
  const terms = left.split(',');
  if (more.length > 0 || [...terms, right ?? ''].some((term) => !/^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(term))) {
    bad('letters for dimensions, such as ab,bc->ac');
  }
  if (terms.length !== ranks.length) bad(`of ${ranks.length} operands`);
  const operands = terms.map((term, i) => {
    const hidden = (ranks[i] as number) - term.replace('...', '').length;
    if (hidden < 0 || (hidden > 0 && !term.includes('...'))) bad(`of ${ranks[i]} dimensions in operand ${i}`);
    return labelsOf(term, hidden);
  });
  const widest = Math.max(0, ...operands.map((labels) => labels.filter((label) => label.startsWith('.')).length));
  const result = right === undefined ? impliedResult(operands, widest) : labelsOf(right, widest);
  for (const labels of [...operands, result]) {
    if (new Set(labels).size < labels.length) bad('without a label twice in one operand; take diagonals apart first');
  }
  const known = new Set(operands.flat());
  if (result.some((label) => !known.has(label))) bad('a result made of labels of operands');
  return { operands, result };
}

const ellipsis = (length: number) => Array.from({ length }, (_, i) => `.${length - 1 - i}`);

const labelsOf = (term: string, hidden: number): string[] => {
  const [before = '', after] = term.split('...');
  return after === undefined ? [...before] : [...before, ...ellipsis(hidden), ...after];
};

/** Without `->`: the ellipsis, then the labels that occur once, in alphabetical order. */
function impliedResult(operands: string[][], widest: number): string[] {
  const all = operands.flat().filter((label) => !label.startsWith('.'));
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
  return [...ellipsis(widest), ...once.sort()];
}
