import { leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/gaussianMixture.json';
import { Mixture } from '../families/mixture';
import { MultivariateNormal } from '../families/multivariateNormal';
import type { CovarianceType } from './components';
import { fitGaussianMixture } from './fitGaussianMixture';
import { kMeans } from './kMeans';

const { points, start: given } = oracle;
const start = given.weights.map((weight, k) => ({
  weight,
  mean: given.means[k] as number[],
  covariance: [
    [1, 0],
    [0, 1],
  ],
}));

describe.each(oracle.fits)('EM with $covariance covariances', (expected) => {
  const covariance = expected.covariance as CovarianceType;

  test('takes the steps of scikit-learn to the same end', async () => {
    const fit = await fitGaussianMixture(points, { components: 3, seed: 0, covariance, start, tolerance: 1e-4 });
    expect(fit.converged).toBe(true);
    expect(fit.history).toHaveLength(expected.history.length);
    fit.history.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.history[i] as number, 9);
    });
    fit.components.forEach(({ weight, mean, covariance: rows }, k) => {
      expect(weight).toBeCloseTo(expected.weights[k] as number, 8);
      for (const [a, b] of [
        [mean, expected.means[k]],
        [rows.flat(), expected.covariances[k]?.flat()],
      ] as [number[], number[]][]) {
        a.forEach((value, i) => {
          expect(value).toBeCloseTo(b[i] as number, 8);
        });
      }
    });
    const score = tf.mean(fit.mixture.logProb(tf.tensor2d(points)));
    expect((await score.data())[0]).toBeCloseTo(expected.score, 4);
  });

  test('the likelihood never falls, from k-means on', async () => {
    const { history } = await fitGaussianMixture(points, {
      components: 3,
      seed: 5,
      covariance,
      tolerance: 0,
      maxSteps: 60,
      regularization: 0,
    });
    expect(history.length).toBeGreaterThan(3);
    history.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual((history[i] as number) - 1e-12);
    });
  });
});

test('finds the mixture its data were drawn from, whatever the seed', async () => {
  const components = [
    new MultivariateNormal({
      mean: [-4, 0],
      covariance: [
        [1, 0.5],
        [0.5, 1],
      ],
    }),
    new MultivariateNormal({ mean: [4, 2], diagonal: [0.25, 4] }),
  ];
  const law = new Mixture({ weights: [0.3, 0.7], components });
  const data = law.sample(3000, { seed: 1 }) as tf.Tensor2D;
  for (const seed of [1, 2]) {
    const fit = await fitGaussianMixture(data, { components: 2, seed });
    const [first, second] = [...fit.components].sort((a, b) => a.weight - b.weight);
    expect(first?.weight).toBeCloseTo(0.3, 1);
    expect(first?.mean[0]).toBeCloseTo(-4, 0);
    expect(first?.covariance[0]?.[1]).toBeCloseTo(0.5, 0);
    expect(second?.covariance[1]?.[1]).toBeCloseTo(4, 0);
  }
});

test('k-means is seeded, and each group is of the points nearest to its mean', () => {
  const rows = points.map((row) => Float64Array.from(row));
  const groups = kMeans(rows, 3, 1);
  expect(kMeans(rows, 3, 1)).toEqual(groups);
  const means = [0, 1, 2].map((k) => {
    const mine = rows.filter((_, i) => groups[i] === k);
    expect(mine.length).toBeGreaterThan(0);
    return [0, 1].map((d) => mine.reduce((sum, row) => sum + (row[d] as number), 0) / mine.length);
  });
  rows.forEach((row, i) => {
    const distances = means.map((mean) => mean.reduce((sum, value, d) => sum + (value - (row[d] as number)) ** 2, 0));
    expect(distances[groups[i] as number]).toBe(Math.min(...distances));
  });
});

test('k-means starts in each of groups that are far apart, whatever the seed', () => {
  const centres = [0, 100, 110];
  const rows = centres.flatMap((centre) => Array.from({ length: 20 }, (_, i) => Float64Array.of(centre + 1e-3 * i)));
  for (let seed = 0; seed < 20; seed++) {
    const groups = kMeans(rows, 3, seed);
    const found = centres.map((_, k) => new Set(groups.slice(20 * k, 20 * k + 20)));
    expect(found.map(({ size }) => size)).toEqual([1, 1, 1]);
    expect(new Set(groups).size).toBe(3);
  }
});

test('components that no point belongs to have no weight', async () => {
  const two = Array.from({ length: 20 }, (_, i) => [i % 2, 1]);
  const { components, mixture } = await fitGaussianMixture(two, { components: 4, seed: 1 });
  const weights = components.map(({ weight }) => weight).sort((a, b) => a - b);
  expect(weights).toEqual([0, 0, 0.5, 0.5].map((weight) => expect.closeTo(weight, 12)));
  expect((await mixture.mean.data())[0]).toBeCloseTo(0.5, 5);
});

test('can be watched and ended, and dispose leaves nothing', async () => {
  expect(
    await leaked(async () => {
      (await fitGaussianMixture(points, { components: 2, seed: 1 })).dispose();
      return [];
    }),
  ).toBe(0);
  const controller = new AbortController();
  const fit = fitGaussianMixture(points, {
    components: 2,
    seed: 1,
    tolerance: 0,
    signal: controller.signal,
    onStep: ({ step }) => step === 2 && controller.abort(new Error('enough')),
  });
  await expect(fit).rejects.toThrow('enough');
});

test.each<[string, () => Promise<unknown>]>([
  [
    'fitGaussianMixture: components must be a positive integer, got 0',
    () => fitGaussianMixture(points, { components: 0, seed: 1 }),
  ],
  [
    'fitGaussianMixture: points must be at least components = 3, got 2',
    () => fitGaussianMixture([[1], [2]], { components: 3, seed: 1 }),
  ],
  [
    'fitGaussianMixture: points must be [n, D], got irregular rows',
    () => fitGaussianMixture([[1], [2, 3]], { components: 1, seed: 1 }),
  ],
  [
    'fitGaussianMixture: points must be finite, got NaN',
    () => fitGaussianMixture([[1], [Number.NaN]], { components: 1, seed: 1 }),
  ],
  [
    'fitGaussianMixture: start must be 2 components of dimension 2, got 3 of 2,2,2',
    () => fitGaussianMixture(points, { components: 2, seed: 1, start }),
  ],
  [
    'fitGaussianMixture: start must have positive weights, got 0',
    () => fitGaussianMixture(points, { components: 3, seed: 1, start: start.map((own) => ({ ...own, weight: 0 })) }),
  ],
  [
    'fitGaussianMixture: covariance must be full, tied, diagonal, spherical, got diag',
    () => fitGaussianMixture(points, { components: 2, seed: 1, covariance: 'diag' as 'diagonal' }),
  ],
  [
    'fitGaussianMixture: tolerance must not be negative, got -1',
    () => fitGaussianMixture(points, { components: 2, seed: 1, tolerance: -1 }),
  ],
  [
    'fitGaussianMixture: regularization must not be negative, got NaN',
    () => fitGaussianMixture(points, { components: 2, seed: 1, regularization: Number.NaN }),
  ],
])('%s', async (message, call) => {
  await expect(call()).rejects.toThrow(message);
});
