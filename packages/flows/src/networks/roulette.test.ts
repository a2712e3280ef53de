import { expect, test } from 'vitest';
import { roulette } from './roulette';

test('each term counts once on average', () => {
  const draws = Array.from({ length: 20_000 }, (_, seed) => roulette(seed));
  for (let k = 1; k <= 8; k++) {
    const mean = draws.reduce((sum, { count, weight }) => sum + (k <= count ? weight(k) : 0), 0) / draws.length;
    expect(Math.abs(mean - 1)).toBeLessThan(k <= 5 ? 1e-9 : 0.1); // the last weighs 8, an eighth of the time
  }
});

test('is the same for the same seed', () => {
  expect(roulette(7).count).toBe(roulette(7).count);
  expect(new Set(Array.from({ length: 50 }, (_, seed) => roulette(seed).count)).size).toBeGreaterThan(2);
});
