import { expect, test } from 'vitest';
import { cnnProblem, mlpProblem, numbers, oneHot } from './problems.ts';

test('numbers are those of peers/runtime.py, and spread evenly', () => {
  const many = numbers(100_000, 100);
  expect(Math.abs(many.reduce((sum, value) => sum + value) / many.length)).toBeLessThan(0.01);
  expect(Math.sqrt(many.reduce((sum, value) => sum + value ** 2) / many.length)).toBeCloseTo(Math.sqrt(1 / 3), 2);
  const some = [0.4336892, -0.029869, -0.5082113];
  numbers(3, 7).forEach((value, i) => {
    expect(value).toBeCloseTo(some[i] as number, 6);
  });
});

test('parameters hold as many values as their shapes say', () => {
  for (const { parameters } of [mlpProblem(), cnnProblem()]) {
    for (const { shape, values } of parameters) expect(values).toHaveLength(shape.reduce((a, b) => a * b));
  }
});

test('labels become rows of zeros and a one', () => {
  expect([...oneHot(Int32Array.of(1, 9))]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});
