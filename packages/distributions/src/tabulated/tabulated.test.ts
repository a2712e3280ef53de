import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { TabulatedDensity } from './tabulatedDensity';
import { TabulatedPlane } from './tabulatedPlane';

const read = async (tensor: tf.Tensor): Promise<number[]> => [...(await tensor.data())];
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describeOnEachBackend('tabulated densities', () => {
  test('a tent: logProb, cdf, moments and entropy are those of the triangular law', async () => {
    const tent = new TabulatedDensity({ density: [0, 5, 0], low: -1, high: 1 });
    const x = tf.tensor1d([-2, -1, -0.5, 0, 0.25, 1, 1.5]);
    const logs = [0.5, 1, 0.75].map((density) => expect.closeTo(Math.log(density), 5));
    expect(await read(tent.logProb(x))).toEqual([-Infinity, -Infinity, ...logs, -Infinity, -Infinity]);
    expect(await read(tent.cdf(x))).toEqual([0, 0, 0.125, 0.5, 0.71875, 1, 1].map((p) => expect.closeTo(p, 6)));
    const inside = tf.tensor1d([0, 0.001, 0.125, 0.5, 0.9, 1]);
    expect(await distance(tent.cdf(tent.icdf(inside)), inside)).toBeLessThan(1e-6);
    expect(await read(tent.mean)).toEqual([expect.closeTo(0, 6)]);
    expect(await read(tent.variance)).toEqual([expect.closeTo(1 / 6, 6)]);
    expect(await read(tent.entropy())).toEqual([expect.closeTo(0.5, 6)]);
    const slope = await read(tf.grad((at) => tent.logProb(at))(tf.tensor1d([-0.5, 0.25, 3])));
    expect(slope).toEqual([expect.closeTo(2, 4), expect.closeTo(-4 / 3, 4), expect.closeTo(0, 6)]);
  });

  test('draws follow the table, cells of mass 0 left out', async () => {
    const n = 20_000;
    const law = new TabulatedDensity({ density: [1, 0, 0, 3, 2, 2], low: 10, high: 20 });
    const draws = await read(law.sample(n, { seed: 3 }));
    expect(draws.some((x) => x > 12 && x < 14)).toBe(false);
    const grid = Array.from({ length: 51 }, (_, i) => 10 + i / 5);
    const shares = grid.map((x) => draws.filter((draw) => draw <= x).length / n);
    const gap = await distance(law.cdf(tf.tensor1d(grid)), tf.tensor1d(shares));
    expect(gap).toBeLessThan(2.3 / Math.sqrt(n));
    const [exact] = await read(law.mean);
    const [variance] = await read(law.variance);
    expect(Math.abs(mean(draws) - (exact as number))).toBeLessThan(5 * Math.sqrt((variance as number) / n));
    const surprise = mean((await read(law.logProb(tf.tensor1d(draws)))).map((value) => -value));
    expect(Math.abs(surprise - ((await read(law.entropy()))[0] as number))).toBeLessThan(0.02);
  });

  test('a plane: its marginal laws and its dependence', async () => {
    const n = 20_000;
    const density = [
      [0, 1, 4],
      [2, 0, 1],
      [3, 1, 0],
    ];
    const plane = new TabulatedPlane({ density, x: [-1, 3], y: [0, 1] });
    const cells = 200;
    const at = Array.from({ length: cells }, (_, i) => (i + 0.5) / cells);
    const points = tf.tensor2d(at.flatMap((v) => at.map((u) => [-1 + 4 * u, v])));
    const weights = tf.mul(tf.exp(plane.logProb(points)), 4 / cells ** 2);
    expect(await read(tf.sum(weights))).toEqual([expect.closeTo(1, 3)]);
    const weighted = tf.sum(tf.mul(points, tf.expandDims(weights, 1)), 0);
    expect(await distance(plane.mean, weighted)).toBeLessThan(1e-3);
    const squares = tf.sum(tf.mul(tf.square(tf.sub(points, weighted)), tf.expandDims(weights, 1)), 0);
    expect(await distance(plane.variance, squares)).toBeLessThan(1e-3);
    const both = (x: tf.Tensor) => tf.mul(tf.slice(x, [0, 0], [-1, 1]), tf.slice(x, [0, 1], [-1, 1]));
    const expected = tf.sum(tf.mul(both(points), tf.expandDims(weights, 1)));

    const draws = plane.sample(n, { seed: 5 });
    expect(await distance(tf.mean(draws, 0), weighted)).toBeLessThan(0.05);
    expect(await distance(tf.mean(both(draws)), expected)).toBeLessThan(0.02);
    const logs = plane.logProb(draws);
    expect((await read(logs)).every(Number.isFinite)).toBe(true);
    expect(await distance(tf.neg(tf.mean(logs)), plane.entropy())).toBeLessThan(0.02);
    // The share of a quarter of the box, counted and integrated.
    const [right, top] = [
      tf.greater(tf.slice(draws, [0, 0], [-1, 1]), 1),
      tf.less(tf.slice(draws, [0, 1], [-1, 1]), 0.5),
    ];
    const share = tf.mean(tf.cast(tf.logicalAnd(right, top), 'float32'));
    const quarter = tf.cast(
      tf.logicalAnd(tf.greater(tf.slice(points, [0, 0], [-1, 1]), 1), tf.less(tf.slice(points, [0, 1], [-1, 1]), 0.5)),
      'float32',
    );
    expect(await distance(share, tf.sum(tf.mul(quarter, tf.expandDims(weights, 1))))).toBeLessThan(0.02);
  });

  test('outside of the box nothing, inside a gradient', async () => {
    const plane = new TabulatedPlane({
      density: [
        [0, 1],
        [1, 2],
      ],
      x: [0, 1],
      y: [0, 1],
    });
    const points = tf.tensor2d([
      [0.5, 0.5],
      [1.5, 0.5],
      [0.5, -0.1],
    ]);
    expect(await read(plane.logProb(points))).toEqual([expect.closeTo(0, 5), -Infinity, -Infinity]);
    const gradient = await read(tf.grad((at) => plane.logProb(at))(points));
    expect(gradient).toEqual([1, 1, 0, 0, 0, 0].map((value) => expect.closeTo(value, 4)));
  });

  test('nothing is left behind', async () => {
    const x = tf.tensor1d([0.5]);
    expect(
      await leaked(() => {
        const law = new TabulatedDensity({ density: [1, 2, 3], low: 0, high: 1 });
        const plane = new TabulatedPlane({
          density: [
            [1, 2],
            [3, 4],
          ],
          x: [0, 1],
          y: [0, 1],
        });
        const made = [law.sample(3, { seed: 1 }), law.logProb(x), law.cdf(x), law.icdf(x), law.mean, law.variance];
        const more = [law.entropy(), plane.sample(3, { seed: 1 }), plane.mean, plane.variance, plane.entropy()];
        law.dispose();
        plane.dispose();
        return [...made, ...more];
      }),
    ).toBe(0);
  });
});

test.each<[string, () => unknown]>([
  [
    'TabulatedDensity: density must be at least 2 values, got 1',
    () => new TabulatedDensity({ density: [1], low: 0, high: 1 }),
  ],
  [
    'TabulatedDensity: density must be finite and not negative, got -1',
    () => new TabulatedDensity({ density: [1, -1], low: 0, high: 1 }),
  ],
  [
    'TabulatedDensity: density must be positive somewhere, got only 0',
    () => new TabulatedDensity({ density: [0, 0], low: 0, high: 1 }),
  ],
  [
    'TabulatedDensity: high must be above low = 1, got 1',
    () => new TabulatedDensity({ density: [1, 1], low: 1, high: 1 }),
  ],
  [
    'TabulatedPlane: density must be rows of one length, at least 2 × 2, got 1 × 2',
    () => new TabulatedPlane({ density: [[1, 1]], x: [0, 1], y: [0, 1] }),
  ],
  [
    'TabulatedPlane: y[1] must be above y[0] = 2, got 1',
    () =>
      new TabulatedPlane({
        density: [
          [1, 1],
          [1, 1],
        ],
        x: [0, 1],
        y: [2, 1],
      }),
  ],
])('%s', (message, call) => {
  expect(call).toThrow(message);
});
