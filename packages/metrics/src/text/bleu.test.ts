import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/bleu.json';
import type { BleuOptions } from './bleuOptions';
import { bleuScore } from './bleuScore';
import { corpusBleu } from './corpusBleu';
import { StreamingBleu } from './streamingBleu';
import { type Tokenizer, tokenizers } from './tokenizers';

const HYPOTHESES = ['The dog bit the man.', "It wasn't surprising.", 'The man had just bitten him.'];
const REFERENCES = [
  ['The dog bit the man.', 'It was not unexpected.', 'The man bit him first.'],
  ['The dog had bit the man.', 'No one was surprised.', 'The man had bitten the dog.'],
];

/** The signatures are sacrebleu's up to the version; that we name other orders than 4 is ours. */
const withoutVersion = (signature: string) => signature.replace(/(\|order:\d+)?\|version:.*/, '');

describe("sacrebleu's own tests", () => {
  const cases: [string[], string[][], BleuOptions, number][] = [
    [HYPOTHESES, REFERENCES, {}, 48.530827],
    [HYPOTHESES, REFERENCES, { tokenize: '13a' }, 48.530827],
    [HYPOTHESES, REFERENCES, { tokenize: 'none' }, 49.1919566],
    [HYPOTHESES, REFERENCES, { tokenize: 'intl' }, 43.91623493],
    [HYPOTHESES, REFERENCES, { smooth: 'none' }, 48.530827],
    [['', '', ''], REFERENCES, {}, 0],
  ];
  test.each(cases)('%j, %j, %j', (hypotheses, references, options, score) => {
    expect(Math.abs(corpusBleu(hypotheses, references, options).score - score)).toBeLessThan(1e-8);
  });

  test('of all that is told', () => {
    const result = corpusBleu(HYPOTHESES, REFERENCES);
    expect(result).toEqual({
      score: expect.closeTo(48.530827009929865, 12),
      precisions: [1400 / 17, 50, 500 / 11, 37.5],
      brevityPenalty: expect.closeTo(Math.exp(-1 / 17), 14),
      hypothesisLength: 17,
      referenceLength: 18,
      signature: 'nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:tenon',
    });
  });
});

const sentences = [...(oracle.references[0] as string[]), ...oracle.hypotheses].map((text, i) => ({ text, i }));
describe.each(Object.keys(tokenizers) as Tokenizer[])('sacrebleu tokenizes by %s', (tokenizer) => {
  test.each(sentences)('sentence $i', ({ text, i }) => {
    expect(tokenizers[tokenizer](text.trimEnd())).toEqual(oracle.tokens[i]?.[tokenizer]);
  });
});

test.each(oracle.corpora)("sacrebleu's corpus with $references references and $options", (corpus) => {
  const lists = oracle.references.slice(0, corpus.references);
  const result = corpusBleu(oracle.hypotheses, lists, corpus.options as BleuOptions);
  expect(result.score).toBeCloseTo(corpus.expected.score, 10);
  for (const [i, precision] of corpus.expected.precisions.entries()) {
    expect(result.precisions[i]).toBeCloseTo(precision, 10);
  }
  expect(result).toMatchObject({
    brevityPenalty: expect.closeTo(corpus.expected.brevityPenalty, 14),
    hypothesisLength: corpus.expected.hypothesisLength,
    referenceLength: corpus.expected.referenceLength,
  });
  expect(withoutVersion(result.signature)).toBe(corpus.expected.signature);
});

test.each(oracle.sentences)("sacrebleu's sentence $index with $options", ({ index, options, expected }) => {
  const [hypothesis, reference] = [oracle.hypotheses[index], oracle.references[0]?.[index]] as [string, string];
  const result = bleuScore(hypothesis, [reference], options as BleuOptions);
  expect(result.score).toBeCloseTo(expected.score, 10);
  expect(withoutVersion(result.signature)).toBe(expected.signature);
});

test('by hand: clipped counts, the nearest length, and each smoothing', () => {
  // 'the' counts twice at the most; of bigrams none matches.
  const options = { tokenize: 'none', maxOrder: 2 } as const;
  const score = (rest: BleuOptions) => corpusBleu(['the the the'], ['the cat the mat'], { ...options, ...rest });
  const penalty = Math.exp(1 - 4 / 3);
  expect(score({}).precisions).toEqual([200 / 3, 25]); // half of one, of 2
  expect(score({}).brevityPenalty).toBe(penalty);
  expect(score({}).score).toBeCloseTo(penalty * Math.sqrt((200 / 3) * 25), 12);
  expect(score({ smooth: 'floor' }).precisions).toEqual([200 / 3, 5]);
  expect(score({ smooth: 'floor', smoothValue: 0.5 }).precisions).toEqual([200 / 3, 25]);
  expect(score({ smooth: 'add-k' }).precisions).toEqual([200 / 3, 100 / 3]);
  expect(score({ smooth: 'none' })).toMatchObject({ precisions: [200 / 3, 0], score: 0 });
  expect(score({}).signature).toBe('nrefs:1|case:mixed|eff:no|tok:none|smooth:exp|order:2|version:tenon');
  // Lengths 2 and 4 are equally near to 3: the shorter counts. A null is no reference.
  expect(corpusBleu(['a b c'], [['a b c d'], ['a b'], [null]], options).referenceLength).toBe(2);
});

test('a sentence that is shorter than the orders', () => {
  expect(bleuScore('a test', ['a test']).score).toBeCloseTo(100, 12);
  expect(bleuScore('a test', ['a test'], { effectiveOrder: false }).score).toBe(0);
  expect(bleuScore('test', ['a test'], { tokenize: 'none' }).score).toBeCloseTo(36.78794411714425, 12);
});

test('a stream in parts, merged, is the corpus', () => {
  const parts = oracle.hypotheses.map((hypothesis, i) => {
    return new StreamingBleu().update(
      [hypothesis],
      oracle.references.map((list) => [list[i]]),
    );
  });
  const all = parts.reduce((stream, part) => stream.merge(part));
  expect(all.compute()).toEqual(corpusBleu(oracle.hypotheses, oracle.references));
  expect(all.compute().signature).toContain('nrefs:var');
  expect(all.reset().compute()).toMatchObject({ score: 0, hypothesisLength: 0 });
  expect(() => all.merge(new StreamingBleu({ lowercase: true }))).toThrow('StreamingBleu.merge: options must be');
});

test('what is wrong is named', () => {
  const wrong = (hypotheses: unknown, references: unknown, options?: object) => () =>
    corpusBleu(hypotheses as string[], references as string[], options as BleuOptions);
  expect(wrong('a', ['a'])).toThrow("corpusBleu: hypotheses must be an array, got 'a'");
  expect(wrong(['a'], ['a', 'b'])).toThrow('corpusBleu: references must have 1 elements, got 2');
  expect(wrong(['a'], [['a'], []])).toThrow('corpusBleu: references[1] must have at least 1 element, got 0');
  expect(wrong([7], ['a'])).toThrow('corpusBleu: hypotheses[0] must be a sentence, got 7');
  expect(wrong(['a'], [['a'], [7]])).toThrow('corpusBleu: references[1][0] must be a sentence, got 7');
  expect(wrong(['a'], [[null]])).toThrow('corpusBleu: references must have one for hypotheses[0], got none');
  expect(wrong(['a'], ['a'], { tokenize: 'zh' })).toThrow("tokenize must be '13a', 'intl', 'char', 'none', got 'zh'");
  expect(wrong(['a'], ['a'], { smooth: 'more' })).toThrow("smooth must be 'exp', 'floor', 'add-k', 'none', got 'more'");
  expect(wrong(['a'], ['a'], { maxOrder: 0 })).toThrow('maxOrder must be a whole number of at least 1, got 0');
  expect(wrong(['a'], ['a'], { smoothValue: -1 })).toThrow('smoothValue must be at least 0 and finite, got -1');
  expect(() => bleuScore('a', 'a' as unknown as string[])).toThrow("bleuScore: references must be an array, got 'a'");
});
