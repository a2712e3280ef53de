import { expect, test } from 'vitest';
import { accuracyScore } from '../classification/accuracyScore';
import { meanSquaredError } from '../regression/meanSquaredError';
import { uniforms } from '../statistics/random';
import { bootstrapInterval } from './bootstrapInterval';

const uniform = uniforms(3);
const yTrue = Int32Array.from({ length: 400 }, () => uniform() * 2);
const yPred = yTrue.map((label) => (uniform() < 0.8 ? label : 1 - label));

test('the spread of an accuracy is that of a binomial', () => {
  const { estimate, low, high, standardError, scores } = bootstrapInterval(accuracyScore, yTrue, yPred, { seed: 1 });
  expect(estimate).toBe(accuracyScore(yTrue, yPred));
  const expected = Math.sqrt((estimate * (1 - estimate)) / 400);
  expect(standardError / expected).toBeCloseTo(1, 0.9);
  expect((high - low) / (2 * 1.96 * expected)).toBeCloseTo(1, 0.9);
  expect(scores).toHaveLength(1000);
});

test('the same seed, the same interval; another, another', () => {
  const draw = (seed: number) => bootstrapInterval(accuracyScore, yTrue, yPred, { seed, resamples: 50 });
  expect(draw(7)).toEqual(draw(7));
  expect(draw(8)).not.toEqual(draw(7));
});

test('rows of matrices are drawn together, and the basic interval is mirrored', () => {
  const rows = { data: [1, 2, 3, 4], rows: 2, columns: 2 };
  const options = { seed: 1, resamples: 20 };
  const squares = bootstrapInterval(
    meanSquaredError,
    rows,
    [
      [1, 1],
      [3, 3],
    ],
    options,
  );
  expect(squares.scores.every((score) => score === 0.5)).toBe(true);
  const [plain, basic] = (['percentile', 'basic'] as const).map((method) =>
    bootstrapInterval(accuracyScore, yTrue, yPred, { ...options, method }),
  );
  expect((basic?.low ?? 0) + (plain?.high ?? 0)).toBeCloseTo(2 * (plain?.estimate ?? 0), 12);
});

test('what cannot be drawn', () => {
  expect(() => bootstrapInterval(accuracyScore, [1], [1, 2], { seed: 1 })).toThrow('yPred must have 1 samples, got 2');
  expect(() => bootstrapInterval(accuracyScore, [1], [1], { seed: 1, confidence: 95 })).toThrow('in (0, 1), got 95');
  expect(() => bootstrapInterval(accuracyScore, [1], [1], { seed: -1 })).toThrow('seed must be a whole number');
});
