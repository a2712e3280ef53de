import { expect, test } from 'vitest';
import { LossHistory } from './lossHistory';

test('keeps every loss while there is room', () => {
  const history = new LossHistory(10);
  expect(history.mean).toBeNaN();
  for (const loss of [3, 2, 1]) history.add(loss);
  const [steps, losses, means] = history.columns();
  expect([steps, losses]).toEqual([
    [1, 2, 3],
    [3, 2, 1],
  ]);
  expect(means[0]).toBeCloseTo(3);
  expect(means[2]).toBeGreaterThan(1);
  expect(history.steps).toBe(3);
});

test('thins long runs to means of neighbours, with the running mean as it was', () => {
  const history = new LossHistory(8);
  const full = new LossHistory(1e6);
  for (let i = 1; i <= 100; i++) {
    history.add(i);
    full.add(i);
  }
  const [steps, losses, means] = history.columns();
  expect(steps.length).toBeLessThan(8);
  expect(steps).toEqual([16, 32, 48, 64, 80, 96]);
  expect(losses).toEqual([8.5, 24.5, 40.5, 56.5, 72.5, 88.5]);
  expect(means).toEqual(steps.map((step) => full.columns()[2][step - 1]));
  expect(history.mean).toBe(full.mean);
});
