import { expect, test } from 'vitest';
import type { Stroke } from '../../drawing/code';
import { digitOf } from './digitOf';

const SIDE = 28;
const boxOf = (image: Float32Array) => {
  const inked = [...image.keys()].filter((i) => (image[i] as number) > 0);
  const [rows, columns] = [inked.map((i) => Math.floor(i / SIDE)), inked.map((i) => i % SIDE)];
  return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
};
const centreOf = (image: Float32Array) => {
  const mass = image.reduce((sum, level) => sum + level, 0);
  const along = (of: (i: number) => number) => image.reduce((sum, level, i) => sum + level * of(i), 0) / mass;
  return [along((i) => i % SIDE), along((i) => Math.floor(i / SIDE))];
};

const bar: Stroke = [
  [10, 60],
  [10, 20],
];
const corner: Stroke = [
  [5, 40],
  [5, 10],
  [25, 10],
];

test('however large and wherever it is drawn, it is as large as a digit of MNIST, its mass in the middle', () => {
  for (const strokes of [[bar], [corner], [bar.map(([x, y]) => [x + 30, y - 15] as const)]]) {
    const image = digitOf(strokes);
    const [left = 0, right = 0, top = 0, bottom = 0] = boxOf(image);
    expect(Math.max(right - left, bottom - top) + 1).toBeGreaterThanOrEqual(20);
    expect(Math.max(right - left, bottom - top) + 1).toBeLessThanOrEqual(21);
    for (const middle of centreOf(image)) expect(middle).toBeCloseTo(13.5, 1);
    expect(Math.max(...image)).toBe(1);
  }
});

test('what is drawn above is above', () => {
  const image = digitOf([corner]);
  // A corner below on the left: the first column of ink goes all the way up, the last row all the way right.
  const [left = 0, right = 0, top = 0, bottom = 0] = boxOf(image);
  const at = (row: number, column: number) => image[row * SIDE + column] as number;
  expect(at(top + 2, left + 1)).toBeGreaterThan(0.5);
  expect(at(bottom - 1, right - 2)).toBeGreaterThan(0.5);
  expect(at(top + 2, right - 2)).toBe(0);
});

test('a dot is a dot, and nothing is nothing', () => {
  const [left = 0, right = 0] = boxOf(digitOf([[[3, 60]]]));
  expect(right - left).toBeLessThan(5);
  expect(digitOf([]).every((level) => level === 0)).toBe(true);
});
