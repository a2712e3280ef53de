import { expect, test } from 'vitest';
import { median, medianTimes } from './medianTimes.ts';
import { table } from './table.ts';

test('the median of odd and even many', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('contenders take turns, after a warm-up', async () => {
  const calls: string[] = [];
  const note = (name: string) => async () => void calls.push(name);
  const times = await medianTimes({ a: note('a'), b: note('b') }, { warmUp: 1, rounds: 2 });
  expect(calls.join('')).toBe('ababab');
  expect(Object.keys(times)).toEqual(['a', 'b']);
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
