import type { Run } from '@tenonjs/training';
import { expect, test } from 'vitest';
import { type Budget, withinBudget } from './withinBudget.ts';

/** Trains without training: each step takes a second. @returns the rate of every step. */
async function ratesWithin(budget: Budget): Promise<number[]> {
  let clock = 0;
  let stopped = false;
  const optimizer = { learningRate: 0.01 };
  const run = { stop: () => (stopped = true) } as unknown as Run;
  const callback = withinBudget(budget, optimizer, () => 1000 * clock);
  const rates: number[] = [];
  for (let step = 1; !stopped && step < 1000; step++) {
    await callback.onStepStart?.({ run, epoch: 1, step });
    rates.push(optimizer.learningRate);
    clock++;
    await callback.onStepEnd?.({ run, epoch: 1, step, loss: 0 });
  }
  return rates;
}

test('ends after its steps or its seconds, whichever come first', async () => {
  expect(await ratesWithin({ steps: 60, seconds: 1e6 })).toHaveLength(60);
  expect(await ratesWithin({ steps: 1e6, seconds: 60 })).toHaveLength(60);
  expect(await ratesWithin({ steps: 60, seconds: 30 })).toHaveLength(30);
});

test('the rate rises to its peak, then falls to nothing', async () => {
  const rates = await ratesWithin({ steps: 100, seconds: 1e6 });
  const peak = rates.indexOf(Math.max(...rates));
  expect(rates[peak]).toBeCloseTo(0.01, 4);
  expect(peak).toBe(5);
  expect(rates[0]).toBeLessThan(0.001);
  expect(rates[99]).toBeLessThan(1e-5);
  expect(rates.slice(peak)).toEqual(rates.slice(peak).toSorted((a, b) => b - a));
});

test('where the steps come first, time changes nothing; where the seconds do, the rate still falls to nothing', async () => {
  const unhurried = await ratesWithin({ steps: 100, seconds: 1e6 });
  expect(await ratesWithin({ steps: 100, seconds: 101 })).toEqual(unhurried);
  const hurried = await ratesWithin({ steps: 1e6, seconds: 100 });
  expect(hurried.at(-1)).toBeLessThan(1e-5);
  expect(Math.max(...hurried)).toBeCloseTo(0.01, 4);
});
