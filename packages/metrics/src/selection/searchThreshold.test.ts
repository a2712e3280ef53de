import { expect, test } from 'vitest';
import { f1Score } from '../classification/f1Score';
import { searchThreshold } from './searchThreshold';

const yTrue = [0, 1, 0, 1, 1, 0];
const yScore = [0.1, 0.4, 0.4, 0.8, 0.9, 0.7];

test('no threshold is better, and the score is that of the predictions it makes', () => {
  const { threshold, value } = searchThreshold(yTrue, yScore);
  const scoreAt = (t: number): number =>
    f1Score(
      yTrue,
      Array.from(yScore, (score) => Number(score >= t)),
    );
  expect(value).toBe(scoreAt(threshold));
  for (const t of [...yScore, Infinity]) expect(value).toBeGreaterThanOrEqual(scoreAt(t));
});

test('a goal of one’s own: the most found at a precision of three quarters', () => {
  const { threshold, counts } = searchThreshold(yTrue, yScore, {
    maximize: ({ truePositives: tp, falsePositives: fp }) => (tp / (tp + fp) >= 0.75 ? tp : Number.NaN),
  });
  expect(threshold).toBe(0.8);
  expect(counts).toEqual({ truePositives: 2, falsePositives: 0, trueNegatives: 3, falseNegatives: 1 });
});

test('where nothing should be positive, and where nothing is a number', () => {
  expect(searchThreshold([0, 0, 1], [1, 1, 1], { maximize: 'accuracy' }).threshold).toBe(Infinity);
  expect(() => searchThreshold([0, 1], [1, 2], { maximize: () => Number.NaN })).toThrow('NaN at every threshold');
  expect(() => searchThreshold([0, 1], [1, 2], { maximize: 'f2' as never })).toThrow("'f1', got 'f2'");
});
