import { expect, test } from 'vitest';
import { prefixOf } from './given';

test.each([
  ['top', 10],
  ['bottom', 10],
  ['left', 10],
  ['right', 10],
] as const)('of 5 × 5 pixels the half at the %s is two lines', (side, pixels) => {
  expect(prefixOf([5, 5, 1], side, side)).toBe(pixels);
});

test('of 4 × 6 pixels it is two rows, or three columns', () => {
  expect([prefixOf([4, 6, 1], 'top', 'top'), prefixOf([4, 6, 1], 'left', 'left')]).toEqual([12, 12]);
});
