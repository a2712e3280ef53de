import { expect, test } from 'vitest';
import { max, min, selectModel } from './selectModel';

const candidates = [
  { name: 'careful', precision: 0.99, found: 20, loss: 0.4 },
  { name: 'good', precision: 0.9, found: 60, loss: 0.3 },
  { name: 'eager', precision: 0.7, found: 90, loss: 0.2 },
];

test('the best of those that are good enough', () => {
  const { best, ranked, rejected } = selectModel(candidates, { optimize: 'precision', satisfice: { found: min(50) } });
  expect(best?.name).toBe('good');
  expect(ranked.map(({ name }) => name)).toEqual(['good', 'eager']);
  expect(rejected).toEqual([{ candidate: candidates[0], broken: ['found must be at least 50, got 20'] }]);
});

test('the smallest of a loss, and none at all', () => {
  expect(selectModel(candidates, { optimize: { minimize: 'loss' } }).best?.name).toBe('eager');
  expect(selectModel(candidates, { optimize: 'found', satisfice: { loss: max(0.1) } }).best).toBeUndefined();
  expect(selectModel([], { optimize: 'found' as never }).best).toBeUndefined();
});

test('a score that is none', () => {
  const broken = [{ loss: Number.NaN }];
  expect(() => selectModel(broken, { optimize: 'loss' })).toThrow('candidates[0].loss must be a number, got NaN');
});
