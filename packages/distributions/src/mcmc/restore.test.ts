import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { MultivariateNormal } from '../families/multivariateNormal';
import { restore } from './restore';

/** A prior under which the posterior is known: N(m, S), y = A x + σ ε → precision S⁻¹ + Aᵀ A / σ². */
const makePrior = () =>
  new MultivariateNormal({
    mean: [1, -1],
    covariance: [
      [2, 1.2],
      [1.2, 1],
    ],
  });
/** Made anew for each test: tensors do not outlive their backend. */
const priorOf = () => {
  const prior = makePrior();
  return (x: tf.Tensor) => prior.logProb(x);
};

/** (S⁻¹ + Aᵀ A / σ²)⁻¹ (S⁻¹ m + Aᵀ y / σ²) for A = [[1, 0.5], [0.5, 1]], σ = 0.5, y = (3, 0), by hand in float64. */
const posterior = { mean: [2.48563969, -0.50522193], std: [0.39580041, 0.35216599] };
const blur = (x: tf.Tensor) =>
  tf.matMul(
    x as tf.Tensor2D,
    tf.tensor2d([
      [1, 0.5],
      [0.5, 1],
    ]),
  );

describeOnEachBackend('restore', (backend) => {
  test('gradient ascent ends at the most probable point', async () => {
    const observed = tf.tensor2d([[3, 0]]);
    const { value } = await restore(observed, { logPrior: priorOf(), degrade: blur, noise: 0.5, steps: 200 });
    expect(await distance(value, tf.tensor2d([posterior.mean]))).toBeLessThan(5e-3);
  });

  // Its chains are those of chains.test.ts, which a software GPU walks once; here they would take it minutes.
  test.skipIf(backend === 'webgpu')('HMC gives the mean and the spread of the posterior', async () => {
    const chains = 60;
    const observed = tf.tile(tf.tensor2d([[3, 0]]), [chains, 1]);
    const { value, std } = await restore(observed, {
      logPrior: priorOf(),
      degrade: blur,
      noise: 0.5,
      steps: 100,
      method: 'hmc',
      seed: 4,
    });
    expect(await distance(tf.mean(value, 0), tf.tensor1d(posterior.mean))).toBeLessThan(0.06);
    expect(await distance(tf.mean(std as tf.Tensor, 0), tf.tensor1d(posterior.std))).toBeLessThan(0.08);
  });
});

test('denoising by the prior that made the points comes nearer to them', async () => {
  const clean = makePrior().sample(200, { seed: 1 });
  const noisy = tf.add(clean, randomNormal([200, 2], { seed: 2, std: 0.7 }));
  const { value } = await restore(noisy, { logPrior: priorOf(), noise: 0.7, steps: 150 });
  const error = async (x: tf.Tensor) => (await tf.mean(tf.square(tf.sub(x, clean))).data())[0] as number;
  expect(await error(value)).toBeLessThan(0.6 * (await error(noisy)));
});

test('nothing is left behind, and it can be ended', async () => {
  const observed = tf.zeros([1, 2]);
  const logPrior = priorOf();
  const run = (method: 'ascent' | 'hmc', signal?: AbortSignal) =>
    restore(observed, { logPrior, noise: 1, steps: 3, method, ...(signal && { signal }) });
  expect(await leaked(async () => (await run('ascent')).value)).toBe(0);
  expect(await leaked(async () => Object.values(await run('hmc')) as tf.Tensor[])).toBe(0);
  expect(
    await leaked(async () => {
      await expect(run('ascent', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
      return [];
    }),
  ).toBe(0);
});

test('bad input', async () => {
  const observed = tf.zeros([2, 2]);
  const logPrior = priorOf();
  await expect(restore(observed, { logPrior, noise: 0 })).rejects.toThrow('restore: noise must be positive, got 0');
  const method = 'newton' as 'hmc';
  await expect(restore(observed, { logPrior, noise: 1, method })).rejects.toThrow(
    'restore: method must be ascent or hmc, got newton',
  );
  const degrade = (x: tf.Tensor) => tf.sum(x, 1, true);
  await expect(restore(observed, { logPrior, noise: 1, degrade })).rejects.toThrow(
    'restore: degrade must give [2,2], as was observed, got [2,1]',
  );
  await expect(restore(observed, { logPrior: (x) => tf.sum(x, 1, true), noise: 1 })).rejects.toThrow(
    'restore: logPrior must give [2], a number for each point, got [2,1]',
  );
});
