import { expect, test } from 'vitest';
import { uniforms } from '../statistics/random';
import { orderDescending } from './orderDescending';

const uniform = uniforms(5);
const columns: Record<string, number[]> = {
  even: Array.from({ length: 300 }, () => uniform()),
  tied: Array.from({ length: 300 }, () => Math.floor(uniform() * 4)),
  equal: new Array<number>(50).fill(2),
  crowded: Array.from({ length: 3000 }, (_, i) => (i === 7 ? 1e9 : uniform())),
  wide: Array.from({ length: 300 }, () => (uniform() - 0.5) * 10 ** (600 * uniform() - 300)),
  extreme: [Number.MAX_VALUE, -Number.MAX_VALUE, 0, -0, Number.MIN_VALUE, -1, 1, -Number.MIN_VALUE],
  none: [],
  one: [3],
};

test.each(Object.entries(columns))('%s numbers', (_, values) => {
  const expected = values.map((_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
  expect(Array.from(orderDescending(values))).toEqual(expected);
});
