import { expect, test } from 'vitest';
import type { Benchmark } from './benchmark.ts';
import { choose } from './choose.ts';

const one: Benchmark = { title: '', run: async () => ({ rows: [] }) };
const list = { flows: one, quality: { flows: one, layers: one }, runtime: one };
const names = (...words: string[]) => choose(list, words).chosen.map(([name]) => name);

test('no word is everything', () => {
  expect(names()).toEqual(['flows', 'quality/flows', 'quality/layers', 'runtime']);
});

test('a kind is all its parts, and a word after it one of them', () => {
  expect(names('quality')).toEqual(['quality/flows', 'quality/layers']);
  expect(names('quality', 'flows')).toEqual(['quality/flows']);
  expect(names('quality', 'layers', 'flows')).toEqual(['quality/flows', 'quality/layers']);
  expect(names('flows', 'quality', 'layers', 'runtime')).toEqual(['flows', 'quality/layers', 'runtime']);
});

test('a word that names nothing is told, and nothing is chosen for it', () => {
  expect(choose(list, ['layers', '--help'])).toEqual({ chosen: [], unknown: ['layers'] });
  expect(choose(list, ['constructor']).unknown).toEqual(['constructor']);
});
