import { expect, test } from 'vitest';
import { auc } from './auc';

test('the area of a trapezoid, from either side', () => {
  expect(auc([0, 1, 2], [0, 1, 1])).toBe(1.5);
  expect(auc([2, 1, 0], [1, 1, 0])).toBe(1.5);
  expect(auc([1, 1], [0, 5])).toBe(0);
});

test('what is no curve', () => {
  expect(() => auc([0, 2, 1], [0, 1, 1])).toThrow('auc: x must be ascending or descending');
  expect(() => auc([0], [1])).toThrow('auc: x must have at least 2 elements, got 1');
  expect(() => auc([0, 1], [1])).toThrow('auc: y must have 2 elements, got 1');
  expect(() => auc([0, Number.NaN], [1, 1])).toThrow('auc: x[1] must be finite, got NaN');
});
