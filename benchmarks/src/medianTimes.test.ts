import { expect, test } from 'vitest';
import { median, medianTimes, quantileOf } from './medianTimes.ts';
import { table } from './table.ts';

test('the median of odd and even many', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('a quantile is one of the values', () => {
  expect([0, 0.1, 0.5, 1].map((share) => quantileOf([9, 7, 8, 1, 2, 3, 4, 5, 6, 10, 11], share))).toEqual([
    1, 2, 6, 11,
  ]);
});

test('contenders take turns, and their times after the warm-up count', async () => {
  const calls: string[] = [];
  const taking = (name: string, times: number[]) => async () => {
    calls.push(name);
    return times.shift() as number;
  };
  const times = await medianTimes({ a: taking('a', [99, 1, 3]), b: taking('b', [0, 5, 5]) }, { warmUp: 1, rounds: 2 });
  expect(calls.join('')).toBe('ababab');
  expect(times).toEqual({ a: 2, b: 5 });
});

test('a table has every column, and room for every cell', () => {
  expect(
    table([
      { who: 'a', ms: 1.5 },
      { who: 'bcd', dispatches: 7 },
    ]),
  ).toBe(
    [
      '| who | ms  | dispatches |',
      '| --- | --- | ---------- |',
      '| a   | 1.5 |            |',
      '| bcd |     | 7          |',
    ].join('\n'),
  );
});
