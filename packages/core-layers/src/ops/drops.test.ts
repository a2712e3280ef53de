import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dropBlock } from './dropBlock';
import { stochasticDepth } from './stochasticDepth';

describeOnEachBackend('what is left out in training', () => {
  test('are whole rows, or all of them together; the mean stays', async () => {
    const x = tf.ones([400, 2, 3]);
    const rows = (await stochasticDepth(x, { rate: 0.25, seed: 1 }).array()) as number[][][];
    for (const row of rows) expect(new Set(row.flat()).size).toBe(1);
    const values = rows.map((row) => row[0]?.[0] as number);
    expect(new Set(values.map((value) => value.toFixed(5)))).toEqual(new Set(['0.00000', '1.33333']));
    expect(Math.abs(values.reduce((sum, n) => sum + n, 0) / 400 - 1)).toBeLessThan(0.1);
    const batches = [];
    for (let seed = 0; seed < 12; seed++) {
      const y = stochasticDepth(tf.ones([3, 2]), { rate: 0.5, seed, mode: 'batch' });
      batches.push([...new Set(await y.data())]);
    }
    expect(batches.every(({ length }) => length === 1)).toBe(true);
    expect(new Set(batches.flat())).toEqual(new Set([0, 2]));
    expect(Math.max(...(await stochasticDepth(x, { rate: 1, seed: 1 }).data()))).toBe(0);
  });

  test('are squares, about as many numbers as the rate says; the mean of the mask is 1', async () => {
    const [height, width, side] = [12, 10, 3];
    const x = tf.ones([16, height, width, 2]);
    const y = dropBlock(x, { rate: 0.2, blockSize: side, seed: 2 });
    const values = (await y.array()) as number[][][][];
    const flat = [...(await y.data())];
    expect(flat.reduce((sum, n) => sum + n, 0) / flat.length).toBeCloseTo(1, 4);
    const share = flat.filter((n) => n === 0).length / flat.length;
    expect(share).toBeGreaterThan(0.14);
    expect(share).toBeLessThan(0.22); // squares may overlap
    const isDropped = (b: number, i: number, j: number, c: number) => values[b]?.[i]?.[j]?.[c] === 0;
    let lonely = 0;
    for (let b = 0; b < 16; b++)
      for (let c = 0; c < 2; c++)
        for (let i = 0; i < height; i++)
          for (let j = 0; j < width; j++) {
            if (!isDropped(b, i, j, c)) continue;
            const corners = [0, 1, 2].flatMap((down) => [0, 1, 2].map((right) => [i - down, j - right] as const));
            const whole = corners.some(([top, left]) =>
              [0, 1, 2].every((down) => [0, 1, 2].every((right) => isDropped(b, top + down, left + right, c))),
            );
            if (!whole) lonely++;
          }
    expect(lonely).toBe(0);
    // Squares reach the edges.
    const last = flat.filter((n, at) => n === 0 && Math.floor(at / (width * 2)) % height === height - 1);
    const first = flat.filter((n, at) => n === 0 && Math.floor(at / (width * 2)) % height === 0);
    expect(Math.min(last.length, first.length)).toBeGreaterThan(0);
  });
});

test('of nothing nothing is left out', () => {
  for (const shape of [
    [0, 4, 4, 2],
    [2, 0, 4, 2],
  ])
    expect(dropBlock(tf.zeros(shape), { rate: 0.5, blockSize: 2, seed: 1 }).shape).toEqual(shape);
});

test('a square is no larger than the image, and nothing is left when all is left out', async () => {
  const x = tf.ones([1, 2, 2, 1]);
  expect(Math.max(...(await dropBlock(x, { rate: 1, blockSize: 9, seed: 1 }).data()))).toBe(0);
  expect(Math.min(...(await dropBlock(x, { rate: 0, blockSize: 2, seed: 1 }).data()))).toBe(1);
});

test('bad options are refused', () => {
  const x = tf.ones([1, 2, 3, 1]);
  expect(() => stochasticDepth(x, { rate: 2, seed: 1 })).toThrow(
    'stochasticDepth: rate must be a number in [0, 1], got 2',
  );
  expect(() => dropBlock(x, { rate: 0.1, blockSize: 0, seed: 1 })).toThrow(
    'dropBlock: blockSize must be an integer ≥ 1, got 0',
  );
  expect(() => dropBlock(tf.ones([2]), { rate: 0.1, blockSize: 1, seed: 1 })).toThrow(
    'dropBlock: x must be float32 of 4 dimensions, got float32 of shape [2]',
  );
});
