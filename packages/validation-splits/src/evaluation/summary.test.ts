import { expect, test } from 'vitest';
import { mapRecord, mean, std } from './summary';

test('mean and standard deviation of a population', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(std(Float64Array.of(1, 2, 6))).toBeCloseTo(Math.sqrt(14 / 3), 12);
  expect(std([5])).toBe(0);
});

test('mapRecord makes each entry anew', () => {
  expect(mapRecord({ a: 1, b: 2 }, (value, name) => `${name}${value}`)).toEqual({ a: 'a1', b: 'b2' });
});
