import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { type Bijector, trainableOf } from '../bijector';
import { spectralNorm } from '../linear/spectralNorm';
import { pullBack, smoothMlp } from '../networks/smoothMlp';
import { perturb } from '../testing/registered';
import { Continuous, type ContinuousOptions } from './continuous';
import { Residual, type ResidualOptions } from './residual';

const residual = (options: Partial<ResidualOptions> = {}) =>
  perturb(new Residual({ dim: 3, hidden: [8], activation: 'tanh', lipschitz: 0.8, seed: 1, ...options }), 2, 1);
const continuous = (options: Partial<ContinuousOptions> = {}) =>
  perturb(new Continuous({ dim: 2, hidden: [8], seed: 1, ...options }), 2, 0.5);
const numberOf = async (tensor: tf.Tensor) => (await tensor.data())[0] as number;

describeOnEachBackend('spectral norms', () => {
  test('are the largest singular value, from above and within 4 %', async () => {
    const turn = tf.linalg.qr(randomNormal([6, 6], { seed: 1 }) as tf.Tensor2D)[0];
    for (const [singular, expected] of [
      [[3, 1, 0.5, 0.1, 0, 0], 3],
      [[1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3], 1e-3],
      [[1e4, 9e3, 1, 1, 1, 1], 1e4],
    ] as const) {
      const matrix = tf.matMul(turn, tf.diag(tf.tensor1d([...singular]))) as tf.Tensor2D;
      for (const each of [matrix, tf.slice(tf.concat([matrix, tf.zeros([6, 3])], 1), 0, 6)] as tf.Tensor2D[]) {
        const ratio = (await numberOf(spectralNorm(each))) / expected;
        expect(ratio).toBeGreaterThan(0.9999);
        expect(ratio).toBeLessThan(1.04);
      }
    }
    const zeros = tf.zeros([3, 4]) as tf.Tensor2D;
    expect(await numberOf(spectralNorm(zeros))).toBeLessThan(1e-6);
    expect(await distance(tf.grad((m) => spectralNorm(m as tf.Tensor2D))(zeros), zeros)).toBe(0);
  });

  test('keep a network from stretching more than its constant', async () => {
    for (const activation of ['tanh', 'lipSwish'] as const) {
      const network = smoothMlp({ dim: 3, hidden: [16, 16], activation, lipschitz: 0.7, seed: 1 });
      perturb({ variables: network.variables } as Residual, 3, 3);
      const [a, b] = [randomNormal([200, 3], { seed: 1 }), randomNormal([200, 3], { seed: 2 })] as [
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const moved = tf.norm(tf.sub(network.at(a).value, network.at(b).value), 2, 1);
      const ratio = await tf.max(tf.div(moved, tf.norm(tf.sub(a, b), 2, 1))).data();
      expect(ratio[0]).toBeLessThan(0.7);
      expect(ratio[0]).toBeGreaterThan(0.05);
    }
  });

  test('products with the Jacobian and with its transpose are those of one matrix, and of the values', async () => {
    const network = smoothMlp({ dim: 3, hidden: [8, 8], activation: 'lipSwish', seed: 1 });
    perturb({ variables: network.variables } as Residual, 3, 0.5);
    const [x, v, u] = [1, 2, 3].map((seed) => randomNormal([4, 3], { seed })) as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
    ];
    const { push, jacobian } = network.at(x);
    const pull = (at: tf.Tensor2D) => pullBack(jacobian, at);
    expect(await distance(tf.sum(tf.mul(u, push(v)), 1), tf.sum(tf.mul(v, pull(u)), 1))).toBeLessThan(1e-5);
    const pulled = tf.grad((p) => tf.sum(tf.mul(u, network.at(p as tf.Tensor2D).value)))(x);
    expect(await distance(pull(u), pulled)).toBeLessThan(1e-5);
  });
});

describeOnEachBackend('residual maps', () => {
  test('the estimate with random signs and a random number of terms is right on average', async () => {
    const x = tf.tensor2d([[0.3, -1, 0.5]]);
    const exact = await numberOf(residual({ trace: 'exact', terms: 60 }).inverse(x).logDet);
    const rough = residual({ trace: 'hutchinson', terms: 'roulette' });
    const draws: number[] = [];
    for (let seed = 0; seed < 60; seed++) {
      const many = tf.tile(x, [100, 1]); // a hundred signs for each number of terms
      draws.push(await numberOf(tf.mean(rough.inverse(many, { seed }).logDet)));
    }
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const deviation = Math.sqrt(draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length);
    expect(Math.abs(mean - exact)).toBeLessThan((4 * deviation) / Math.sqrt(draws.length) + 1e-3);
    expect(Math.abs(mean - exact)).toBeLessThan(0.05);
    expect(Math.abs(exact)).toBeGreaterThan(0.1);
    expect(() => rough.inverse(x)).toThrow('Residual: options must be { seed }, got none');
  });

  test('the fixed point has the gradient of the implicit function', async () => {
    const map = residual();
    const z = randomNormal([4, 3], { seed: 5 });
    const weights = randomNormal([4, 3], { seed: 6 });
    const [there, kernel] = [map.forward(z).value, trainableOf(map.variables)[0] as tf.Variable];
    const found = tf.grads((p: tf.Tensor, ..._: tf.Tensor[]) => tf.sum(tf.mul(weights, map.forward(p).value)))([
      z,
      kernel,
    ]);
    // Through the other direction: dx = (dz/dx)⁻¹ dz.
    const along = tf.grad((p) => tf.sum(tf.mul(found[0] as tf.Tensor, map.inverse(p).value)))(there);
    expect(await distance(along, weights)).toBeLessThan(1e-4);
    const h = 1e-2;
    const start = tf.add(kernel, 0);
    const step = randomNormal(kernel.shape, { seed: 8 });
    const at = async (size: number) => {
      kernel.assign(tf.add(start, tf.mul(size, step)));
      return numberOf(tf.sum(tf.mul(weights, map.forward(z).value)));
    };
    const slope = ((await at(h)) - (await at(-h))) / (2 * h);
    expect(slope).toBeCloseTo(await numberOf(tf.sum(tf.mul(step, found[1] as tf.Tensor))), 2);
  });
});

describeOnEachBackend('continuous maps', (backend) => {
  test("Hutchinson's estimate is right on average", async () => {
    const x = tf.tensor2d([[0.3, -1]]);
    const exact = await numberOf(continuous().inverse(x).logDet);
    const rough = continuous({ trace: 'hutchinson' }).inverse(tf.tile(x, [2000, 1]), { seed: 4 }).logDet;
    const { mean, variance } = tf.moments(rough);
    const error = Math.sqrt((await numberOf(variance)) / 2000);
    expect(Math.abs((await numberOf(mean)) - exact)).toBeLessThan(4 * error + 1e-4);
    expect(error).toBeGreaterThan(1e-4);
  });

  // On a software adapter these take minutes; there the solvers are held by solvers.test.ts and costly.slow.test.ts.
  if (backend === 'webgpu') return;

  test('both solvers agree, and a finer step with them', async () => {
    const x = randomNormal([16, 2], { seed: 3 });
    const maps = [
      continuous({ steps: 8 }),
      continuous({ steps: 32 }),
      continuous({ solver: 'dormandPrince', steps: 12 }),
    ];
    const [coarse, fine, chosen] = maps.map((map) => map.inverse(x));
    for (const each of [coarse, chosen]) {
      expect(await distance(each?.value as tf.Tensor, fine?.value as tf.Tensor)).toBeLessThan(2e-3);
      expect(await distance(each?.logDet as tf.Tensor, fine?.logDet as tf.Tensor)).toBeLessThan(2e-3);
    }
    expect(await distance(fine?.value as tf.Tensor, x)).toBeGreaterThan(0.1);
  });

  test.each([
    ['rungeKutta', [3, 12]],
    ['dormandPrince', [6, 14]],
  ] as const)(
    'the adjoint has the gradient of the steps, for points, variables and context, and keeps none of them: %s',
    async (solver, [few, many]) => {
      const x = tf.tensor2d([0.5, -1, 1.5, 0.3], [2, 2]);
      const row = tf.tensor2d([[0.7]]);
      const build = (gradient: 'direct' | 'adjoint', steps: number) =>
        continuous({ gradient, solver, steps, context: 1 });
      /** Gradients of everything, and how many tensors were held when the loss was known. */
      const gradientsOf = (map: Bijector) => {
        let held = 0;
        const before = tf.memory().numTensors;
        const grads = tf.grads((points: tf.Tensor, context: tf.Tensor, ..._: tf.Tensor[]) => {
          const { value, logDet } = map.inverse(points, { context: tf.tile(context, [2, 1]) });
          const loss = tf.add(tf.sum(tf.square(value)), tf.sum(logDet)) as tf.Scalar;
          held = tf.memory().numTensors - before;
          return loss;
        })([x, row, ...Object.values(map.variables)]);
        return { grads, held };
      };
      const [direct, adjoint] = [gradientsOf(build('direct', many)), gradientsOf(build('adjoint', many))];
      for (const [i, gradient] of direct.grads.entries()) {
        expect(await distance(adjoint.grads[i] as tf.Tensor, gradient)).toBeLessThan(1e-3);
        expect(await distance(gradient, tf.zerosLike(gradient))).toBeGreaterThan(1e-3);
      }
      expect(gradientsOf(build('adjoint', few)).held).toBe(adjoint.held);
      expect(gradientsOf(build('direct', few)).held).toBeLessThan(direct.held / 2);
    },
  );
});

test('they refuse what makes no sense', () => {
  expect(() => residual({ lipschitz: 1 })).toThrow('Residual: lipschitz must be in (0, 1), got 1');
  expect(() => residual({ terms: 0 })).toThrow('Residual: terms must be a positive integer, got 0');
  expect(() => continuous({ tolerance: 0 })).toThrow('Continuous: tolerance must be positive, got 0');
});
