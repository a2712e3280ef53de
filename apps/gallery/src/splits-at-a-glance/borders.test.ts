import { expect, test } from 'vitest';
import { moveBorder, placeOf } from './borders';

test.each([
  [0, 12, [12, 18, 10]],
  [0, -4, [1, 29, 10]],
  [0, 99, [29, 1, 10]],
  [1, 33.4, [20, 13, 7]],
])('the border behind part %i moves to %d', (k, place, sizes) => {
  expect(moveBorder([20, 10, 10], k, place)).toEqual(sizes);
});

test('where borders stand', () => {
  expect([0, 1, 2].map((k) => placeOf([20, 10, 10], k))).toEqual([20, 30, 40]);
});
