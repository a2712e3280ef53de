import { expect, test } from 'vitest';
import { between, latentWindow, windowAround } from './window';

test('a window is the square around the points, with a margin', () => {
  const { x, y, half } = windowAround([0, 0, 4, 0, 4, 1, 0, 1]);
  expect([x, y]).toEqual([2, 0.5]);
  expect(half).toBeGreaterThan(2);
  expect(half).toBeLessThan(2.5);
});

test('a thin tail does not widen it', () => {
  const line = Array.from({ length: 1000 }, (_, i) => [i / 1000, i / 1000]).flat();
  expect(windowAround([...line, 1e6, -1e6]).half).toBeLessThan(0.7);
});

test('between two windows', () => {
  const far = { x: 2, y: -4, half: 1.5 };
  expect(between(latentWindow, far, 0)).toEqual(latentWindow);
  expect(between(latentWindow, far, 0.5)).toEqual({ x: 1, y: -2, half: 2.5 });
  expect(between(latentWindow, far, 1)).toEqual(far);
});
