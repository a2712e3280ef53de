import { words } from './words';

/** How a sentence becomes tokens: sacrebleu's names. */
export type Tokenizer = keyof typeof tokenizers;

/**
 * sacrebleu's tokenizers, from a sentence to tokens.
 *
 * - `13a`: that of mteval-v13a. ASCII punctuation stands alone, but for periods and commas inside of numbers.
 * - `intl`: that of mteval-v14. Punctuation and symbols of any script stand alone, but for those beside a number.
 * - `char`: every character stands alone.
 * - `none`: the sentence has been tokenized, with spaces.
 */
export const tokenizers = {
  '13a': (text: string) => {
    let line = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ');
    for (const [entity, character] of ENTITIES) line = line.replaceAll(entity, character);
    return words(separate(` ${line} `, ASCII_PUNCTUATION));
  },
  intl: (text: string) => words(separate(text, ANY_PUNCTUATION)),
  char: (text: string) => words([...text].join(' ')),
  none: words,
};

/** One after another, and the ampersand second: `&amp;lt;` ends as `<`. */
const ENTITIES = [
  ['&quot;', '"'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
] as const;

const ASCII_PUNCTUATION: [RegExp, string][] = [
  [/([{-~[-` -&(-+:-@/])/gu, ' $1 '],
  [/([^0-9])([.,])/gu, '$1 $2 '],
  [/([.,])([^0-9])/gu, ' $1 $2'],
  [/([0-9])(-)/gu, '$1 $2 '],
];

const ANY_PUNCTUATION: [RegExp, string][] = [
  [/(\P{N})(\p{P})/gu, '$1 $2 '],
  [/(\p{P})(\P{N})/gu, ' $1 $2'],
  [/(\p{S})/gu, ' $1 '],
];

function separate(line: string, rules: [RegExp, string][]): string {
  return rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
