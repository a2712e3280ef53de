import { expect, test } from 'vitest';
import { diagnoseFit } from '../evaluate';

test.each([
  ['good', [0.99, 0.95, 0.94], [0.7, 0.9, 0.92], {}],
  ['overfitting', [1, 1, 1], [0.6, 0.7, 0.75], {}],
  ['overfitting', [0.9, 0.93, 0.95], [0.85, 0.98, 0.91], {}],
  ['underfitting', [0.7, 0.62, 0.6], [0.5, 0.56, 0.59], {}],
  ['good', [0.7, 0.62, 0.6], [0.5, 0.56, 0.59], { target: 0.6 }],
  ['easyValidation', [0.8, 0.85], [0.95, 0.97], {}],
  ['good', [2, 1, 0.3], [2.1, 1.1, 0.35], { lowerIsBetter: true }],
  ['overfitting', [2, 0.5, 0.1], [2, 1, 1.4], { lowerIsBetter: true }],
  ['underfitting', [2, 1.8, 1.7], [2, 1.85, 1.72], { lowerIsBetter: true }],
  ['easyValidation', [2, 1, 0.6], [1.5, 0.5, 0.2], { lowerIsBetter: true }],
] as const)('%s: training %j, validation %j, %j', (verdict, train, validation, options) => {
  const diagnosis = diagnoseFit({ train, validation }, options);
  expect(diagnosis.verdict).toBe(verdict);
  expect(diagnosis.advice.length).toBeGreaterThan(0);
});

test('advises by what the curves do', () => {
  const rising = diagnoseFit({ train: [1, 1, 1], validation: [0.5, 0.6, 0.7] });
  expect(rising.advice[0]).toBe('get more data: validation still gains from it');
  expect(rising.why).toBe('training 1 is better than validation 0.7');
  expect(rising.gap).toBeCloseTo(0.3, 12);
  const peaked = diagnoseFit({ train: [3, 1, 0.2], validation: [3, 1, 2] }, { lowerIsBetter: true });
  expect(peaked.advice[0]).toBe('stop where validation was best');
  expect(peaked.gap).toBeCloseTo(1.8, 12);
});

test.each([
  [{ train: [], validation: [] }, 'one length, at least 1, got 0 and 0'],
  [{ train: [1], validation: [1, 2] }, 'got 1 and 2'],
  [{ train: [Number.NaN], validation: [1] }, 'must be finite'],
])('refuses %j', (curve, message) => {
  expect(() => diagnoseFit(curve)).toThrow(message);
});
