import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { heart, isDrawing, MOST_PLACES, placesOf, read, type Stroke, write } from '../../drawing/code';
import { simplify } from '../../drawing/simplify';
import { DrawnLaw, inPlane } from './law';

const strokes: Stroke[] = [
  [
    [0, 63],
    [31, 5],
  ],
  [[40, 40]],
];

test('strokes come back from their text', () => {
  expect(read(write(strokes))).toEqual(strokes);
  expect(write(read(heart))).toBe(heart);
  expect([isDrawing(write(strokes)), isDrawing(heart), isDrawing('')]).toEqual([true, true, true]);
  expect(read('')).toEqual([]);
  expect(placesOf(write(strokes))).toBe(3);
});

test.each(['A', 'AB.', '.AB', 'AB..CD', 'A%', 'AB'.repeat(MOST_PLACES + 1)])('is no drawing: %#', (text) => {
  expect(isDrawing(text)).toBe(false);
});

test('places on the way are left out, corners stay', () => {
  const corner: Stroke = [...Array.from({ length: 20 }, (_, i) => [i, 0] as const), [19, 10], [19, 20]];
  expect(simplify(corner)).toEqual([
    [0, 0],
    [19, 0],
    [19, 20],
  ]);
  expect(simplify([[3, 3]])).toEqual([[3, 3]]);
  const there: Stroke = [
    [0, 0],
    [9, 9],
    [0, 0],
  ];
  expect(simplify(there)).toEqual(there);
});

test.each([
  ['the heart', read(heart)],
  ['a line and a dot', strokes],
])('%s: the density sums to 1, and its entropy is what draws of it have', async (_, drawing) => {
  const law = new DrawnLaw(drawing);
  const [edge, n] = [4, 400];
  const cell = (2 * edge) / n;
  let mass = 0;
  for (let i = 0; i < n * n; i++) {
    mass += law.density(((i % n) + 0.5) * cell - edge, (Math.floor(i / n) + 0.5) * cell - edge) * cell * cell;
  }
  expect(mass).toBeCloseTo(1, 4);

  const points = law.sample(20_000, { seed: 1 });
  const at = await points.data();
  points.dispose();
  let nats = 0;
  for (let i = 0; i < at.length; i += 2) nats -= Math.log(law.density(at[i] as number, at[i + 1] as number));
  expect(nats / 20_000).toBeCloseTo(law.entropy(), 1.5);
});

test('draws lie around the lines, the same for the same seed', async () => {
  const law = new DrawnLaw([
    [
      [0, 0],
      [63, 0],
    ],
  ]);
  const [a, b, c] = [1, 1, 2].map((seed) => law.sample(500, { seed })) as [tf.Tensor, tf.Tensor, tf.Tensor];
  const numbers = await a.data();
  expect([...(await b.data())]).toEqual([...numbers]);
  expect([...(await c.data())]).not.toEqual([...numbers]);
  const [, low] = inPlane([0, 0]);
  for (let i = 1; i < numbers.length; i += 2) expect(Math.abs((numbers[i] as number) - low)).toBeLessThan(0.5);
  expect((await tf.mean(tf.slice(a, [0, 0], [-1, 1])).data())[0]).toBeCloseTo(0, 0);
});

test('nothing drawn has no law', () => {
  expect(() => new DrawnLaw([])).toThrow(/draw one/);
});
