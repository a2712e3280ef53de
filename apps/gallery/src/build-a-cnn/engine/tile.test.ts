import { expect, test } from 'vitest';
import { largest, tile } from './tile';

test('maps stand side by side in rows, each the right way up, with gaps between', () => {
  // Three maps of 2 × 2: map m has 10 m + its place.
  const values = Float32Array.from({ length: 12 }, (_, i) => 10 * (i % 3) + Math.floor(i / 3));
  const { values: tiles, width, height, columns, pitch } = tile({ values, side: 2, count: 3 });
  expect([width, height, columns, pitch]).toEqual([5, 5, 2, 3]);
  const _ = Number.NaN;
  expect([...tiles]).toEqual([
    ...[0, 1, _, 10, 11],
    ...[2, 3, _, 12, 13],
    ...[_, _, _, _, _],
    ...[20, 21, _, _, _],
    ...[22, 23, _, _, _],
  ]);
});

test('numbers without a place are squares, and points where they are many', () => {
  const few = tile({ values: Float32Array.of(1, 2, 3, 4), side: 1, count: 4 });
  expect([few.width, few.values[0], few.values[3], few.values[4], few.values[5]]).toEqual([9, 1, 1, Number.NaN, 2]);
  const many = tile({ values: new Float32Array(1600), side: 1, count: 1600 });
  expect([many.width, many.height]).toEqual([40, 40]);
});

test('the largest size counts both signs, and is never 0', () => {
  expect(largest(Float32Array.of(1, -3), Float32Array.of(2))).toBe(3);
  expect(largest(new Float32Array(4))).toBe(1);
});
