import { expect, test } from 'vitest';
import { fieldsOf, kindNames, readStack } from './blocks';
import { inputFigures, outlineOf } from './figures';
import { choiceLabel, fieldLabels, figureWords, reachWords, stageName } from './words';

test('a unit’s field is told with its place, and what it is when places are lost', () => {
  const { blocks } = outlineOf(
    readStack('conv-8-5-2-same-relu-none.squeezeExcite-4.conv-8-7-2-same-relu-none.flatten.dense-64-relu') ?? [],
  );
  const fields = blocks.map((figures) => figures?.field ?? inputFigures.field);
  const [conv, gated, , row, dense] = fields as [typeof inputFigures.field, ...typeof fields];
  expect(reachWords('Convolution', conv, [0, 13], false)).toBe(
    'A unit of Convolution, in row 1, column 14 of 14 × 14, sees 5 × 5 pixels; the next one sees those 2 further on.',
  );
  expect(reachWords('Squeeze-and-excite', gated ?? conv, [0, 0], false)).toContain('the whole digit, by the gate');
  expect(reachWords('Flatten', { ...conv, whole: false }, [0, 0], true)).toContain('lost their place');
  expect(reachWords('Dense', dense ?? conv, [0, 0], true)).toBe('A unit of Dense sees the whole digit.');
  expect(row?.whole).toBe(true); // once by a gate, always
});

test('figures are told, and dashes where there are none', () => {
  expect(figureWords(inputFigures)).toEqual({
    shape: '28 × 28 × 1',
    weights: '0',
    multiplications: '0',
    field: '1 × 1',
  });
  expect(figureWords(undefined).shape).toBe('–');
  expect(figureWords(outlineOf([]).blocks[0]).shape).toBe('–'); // the head cannot stand on an image
});

test('stages are called by their blocks, between the digit and the classes', () => {
  expect([0, 1, 2, 3].map((stage) => stageName(['conv', 'flatten'], stage))).toEqual([
    'the digit',
    'Convolution',
    'Flatten',
    'the classes',
  ]);
});

test.each(kindNames)('everything that can be set of %s has a name, and each choice another', (kind) => {
  for (const [field, choices] of fieldsOf(kind)) {
    expect(fieldLabels[field]).toMatch(/./);
    expect(new Set(choices.map((choice) => choiceLabel(field, choice))).size).toBe(choices.length);
  }
});
