import { MultivariateNormal, Normal } from '@tenonjs/distributions';
import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { chain } from '../chain';
import { Flow } from '../flow';
import { startMatrix } from '../linear/start';
import { perturb } from '../testing/registered';
import { ActNorm } from './actNorm';
import { Affine } from './affine';
import { Exp } from './exp';
import { Householder } from './householder';
import { LuLinear } from './luLinear';
import { Permutation } from './permutation';
import { Scaling } from './scaling';

describeOnEachBackend('linear maps', () => {
  test('a stack of them carries a standard normal to N(b, AAᵀ)', async () => {
    const dim = 4;
    const flow = new Flow({
      bijector: chain([
        new LuLinear({ shape: [dim], seed: 1 }),
        new ActNorm({ shape: [dim] }),
        new Permutation({ shape: [dim], seed: 2 }),
        new Householder({ dim, reflections: 3, seed: 3 }),
        new Affine({ shape: [dim], scale: [2, 1, -0.5, 3], shift: 0.5 }),
        new Scaling({ shape: [dim] }),
      ]),
      base: new Normal({ shape: [dim] }),
    });
    perturb(flow.bijector, 5, 0.2);
    const images = flow.decode(tf.concat([tf.zeros([1, dim]), tf.eye(dim)])); // of 0 and of the unit vectors
    const rows = (await images.array()) as number[][];
    const b = rows[0] as number[];
    const A = b.map((shift, i) => rows.slice(1).map((image) => (image[i] as number) - shift)); // its columns are images
    const covariance = A.map((row) => A.map((other) => row.reduce((sum, a, k) => sum + a * (other[k] as number), 0)));
    const expected = new MultivariateNormal({ mean: b, covariance });
    const x = randomNormal([32, dim], { seed: 6, std: 2 });
    expect(await distance(flow.logProb(x), expected.logProb(x))).toBeLessThan(1e-3);
    flow.dispose();
    expected.dispose();
  });

  test('a rotation starts as one, of any size, and its inverse is its transpose', async () => {
    for (const n of [1, 2, 7, 48]) {
      const turn = new LuLinear({ shape: [n], seed: 4 });
      const [there, back] = [turn.forward(tf.eye(n)).value, turn.inverse(tf.eye(n)).value] as tf.Tensor2D[];
      expect(
        await distance(tf.transpose(there as tf.Tensor2D), tf.tensor2d(startMatrix('rotation', n, 4) as number[][])),
      ).toBeLessThan(1e-5);
      expect(await distance(tf.transpose(there as tf.Tensor2D), back as tf.Tensor2D)).toBeLessThan(1e-4);
      expect(await distance(turn.forward(tf.eye(n)).logDet, tf.zeros([n]))).toBeLessThan(1e-4);
    }
  });

  test('a 1×1 convolution is the matrix at each pixel: its volume is H · W · log |det W|', async () => {
    const convolution = new LuLinear({ shape: [2, 3, 2], seed: 1 });
    perturb(convolution, 3);
    const pixel = new LuLinear({ shape: [2], seed: 1 });
    perturb(pixel, 3);
    const image = randomNormal([5, 2, 3, 2], { seed: 2 });
    const [whole, each] = [convolution.forward(image), pixel.forward(tf.reshape(image, [30, 2]))];
    expect(await distance(tf.reshape(whole.value, [30, 2]), each.value)).toBeLessThan(1e-6);
    expect(await distance(whole.logDet, tf.mul(6, tf.slice(each.logDet, 0, 5)))).toBeLessThan(1e-5);
  });

  test('exp of a normal is the log-normal', async () => {
    const flow = new Flow({ bijector: new Exp(), base: new Normal({ mean: 0.3, std: 0.8, shape: [1] }) });
    const x = [0.05, 1, 2.5, 40];
    const expected = x.map((v) => -0.5 * ((Math.log(v) - 0.3) / 0.8) ** 2 - Math.log(v * 0.8 * Math.sqrt(2 * Math.PI)));
    expect(await distance(flow.logProb(tf.tensor2d(x, [4, 1])), tf.tensor1d(expected))).toBeLessThan(1e-4);
    flow.dispose();
  });

  test('a permutation puts what was at order[i] to i', async () => {
    const permutation = new Permutation({ shape: [3], order: [2, 0, 1] });
    expect([...(await permutation.forward(tf.tensor2d([[10, 20, 30]])).value.data())]).toEqual([30, 10, 20]);
    expect([...(await permutation.inverse(tf.tensor2d([[30, 10, 20]])).value.data())]).toEqual([10, 20, 30]);
  });
});

test('linear maps refuse what makes no sense', () => {
  expect(() => new Permutation({ shape: [3] })).toThrow('Permutation: options must have order or seed, got neither');
  expect(() => new Permutation({ shape: [3], order: [0, 1, 1] })).toThrow(
    'Permutation: order must be each of 0 … 2 once, got [0, 1, 1]',
  );
  expect(() => new Affine({ shape: [2], scale: [1, 0] })).toThrow(
    'Affine: scale must be 1 or 2 finite numbers other than 0, got [1, 0]',
  );
  expect(() => new Affine({ shape: [2], shift: [1] })).toThrow('Affine: shift must be 1 or 2 finite numbers, got [1]');
  expect(() => new LuLinear({ shape: [], seed: 1 })).toThrow(
    'LuLinear: the size of the last axis must be a positive integer, got 0',
  );
  expect(() => new Householder({ dim: 2, reflections: 0, seed: 1 })).toThrow(
    'Householder: reflections must be a positive integer, got 0',
  );
});
