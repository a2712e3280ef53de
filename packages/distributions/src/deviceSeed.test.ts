import { deviceSeed } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import {
  Bernoulli,
  Beta,
  Categorical,
  Dirichlet,
  type Distribution,
  Gamma,
  Laplace,
  Logistic,
  Mixture,
  MultivariateNormal,
  Normal,
  StudentT,
  TabulatedDensity,
  TabulatedPlane,
  Uniform,
} from './index';

const families: Record<string, () => Distribution> = {
  Normal: () => new Normal({ shape: [3] }),
  Uniform: () => new Uniform({ shape: [3] }),
  Logistic: () => new Logistic({ shape: [3] }),
  Laplace: () => new Laplace({ shape: [3] }),
  Gamma: () => new Gamma({ concentration: [0.5, 2, 20] }),
  Beta: () => new Beta({ alpha: [0.5, 2], beta: 3 }),
  StudentT: () => new StudentT({ df: [3, 30] }),
  Dirichlet: () => new Dirichlet({ concentration: [0.5, 1, 2] }),
  Bernoulli: () => new Bernoulli({ logits: [-1, 0, 1] }),
  Categorical: () =>
    new Categorical({
      logits: [
        [1, 0, -1],
        [0, 2, 0],
      ],
    }),
  TabulatedDensity: () => new TabulatedDensity({ density: [1, 3, 0, 2], low: 0, high: 1 }),
  TabulatedPlane: () =>
    new TabulatedPlane({
      density: [
        [1, 3],
        [0, 2],
      ],
      x: [0, 1],
      y: [0, 1],
    }),
  MultivariateNormal: () =>
    new MultivariateNormal({
      covariance: [
        [2, 0.8],
        [0.8, 1],
      ],
    }),
  Mixture: () => new Mixture({ weights: [0.3, 0.7], components: [new Normal({ mean: -2 }), new Normal({ mean: 2 })] }),
};

describeOnEachBackend('a seed on the device', () => {
  test.each(Object.entries(families))('draws what its number does, %s', async (_, make) => {
    const law = make();
    const seed = deviceSeed(7);
    const [byNumber, byKey] = [law.sample(50, { seed: 7 }), law.sample(50, { seed })];
    expect(await distance(byNumber, byKey)).toBe(0);
    expect(await leaked(() => law.sample(5, { seed }))).toBe(0);
    tf.dispose([seed, byNumber, byKey]);
    law.dispose();
  });
});
