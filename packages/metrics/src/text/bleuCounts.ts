import { describe } from '../arguments/describe';
import { checkLength } from '../arguments/numbers';
import type { BleuOptions } from './bleuOptions';
import { tokenizers } from './tokenizers';

/** One list of sentences, or several, each with a sentence for every hypothesis, or null where it has none. */
export type BleuReferences = readonly string[] | readonly (readonly (string | null | undefined)[])[];

/** All that the score of a corpus needs to know. Two corpora together are the sums. */
export interface BleuCounts {
  hypothesisLength: number;
  referenceLength: number;
  /** [maxOrder], n-grams that a reference has too, each no more often than there. */
  matches: number[];
  /** [maxOrder], n-grams of the hypotheses. */
  totals: number[];
  /** How many references the sentences have. */
  references: Set<number>;
}

export function noCounts(maxOrder: number): BleuCounts {
  const zeros = () => new Array<number>(maxOrder).fill(0);
  return { hypothesisLength: 0, referenceLength: 0, matches: zeros(), totals: zeros(), references: new Set() };
}

export function addCounts(to: BleuCounts, counts: BleuCounts): void {
  to.hypothesisLength += counts.hypothesisLength;
  to.referenceLength += counts.referenceLength;
  for (const [i, count] of counts.matches.entries()) to.matches[i] = (to.matches[i] as number) + count;
  for (const [i, count] of counts.totals.entries()) to.totals[i] = (to.totals[i] as number) + count;
  for (const count of counts.references) to.references.add(count);
}

/**
 * Counts a corpus.
 *
 * @throws TypeError for what is not a sentence; RangeError when a list of references has another length, or a sentence
 * no reference.
 */
export function countCorpus(
  caller: string,
  hypotheses: readonly string[],
  references: BleuReferences,
  options: Required<BleuOptions>,
): BleuCounts {
  checkLength(caller, 'hypotheses', hypotheses);
  checkLength(caller, 'references', references);
  const { maxOrder, lowercase, tokenize } = options;
  const tokens = (name: string, sentence: unknown) => {
    if (typeof sentence !== 'string') {
      throw new TypeError(`${caller}: ${name} must be a sentence, got ${describe(sentence)}`);
    }
    const text = sentence.replace(/\p{White_Space}+$/u, '');
    return tokenizers[tokenize](lowercase ? text.toLowerCase() : text);
  };
  const lists = new Map<string, readonly (string | null | undefined)[]>();
  if (typeof references[0] === 'string') lists.set('references', references as readonly string[]);
  else for (const [r, list] of references.entries()) lists.set(`references[${r}]`, list as readonly string[]);
  for (const [name, list] of lists) checkLength(caller, name, list, hypotheses.length);

  const counts = noCounts(maxOrder);
  for (const [i, sentence] of hypotheses.entries()) {
    const hypothesis = tokens(`hypotheses[${i}]`, sentence);
    const known = [...lists].flatMap(([name, list]) => {
      const reference = list[i] ?? undefined;
      return reference === undefined ? [] : [tokens(`${name}[${i}]`, reference)];
    });
    if (known.length === 0) throw new RangeError(`${caller}: references must have one for hypotheses[${i}], got none`);
    counts.references.add(known.length);
    counts.hypothesisLength += hypothesis.length;
    counts.referenceLength += nearest(
      hypothesis.length,
      known.map(({ length }) => length),
    );
    for (let order = 1; order <= maxOrder; order++) {
      const most = new Map<string, number>();
      for (const reference of known) {
        for (const [gram, count] of grams(reference, order)) most.set(gram, Math.max(count, most.get(gram) ?? 0));
      }
      let matches = 0;
      for (const [gram, count] of grams(hypothesis, order)) matches += Math.min(count, most.get(gram) ?? 0);
      counts.matches[order - 1] = (counts.matches[order - 1] as number) + matches;
      counts.totals[order - 1] = (counts.totals[order - 1] as number) + Math.max(0, hypothesis.length - order + 1);
    }
  }
  return counts;
}

/** The length that is nearest to another, of two that are equally near the shorter. */
function nearest(length: number, lengths: number[]): number {
  return lengths.reduce((best, next) => {
    const closer = Math.abs(next - length) - Math.abs(best - length);
    return closer < 0 || (closer === 0 && next < best) ? next : best;
  });
}

/** How often each n-gram of one order comes. */
function grams(tokens: string[], order: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + order <= tokens.length; i++) {
    const gram = tokens.slice(i, i + order).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
