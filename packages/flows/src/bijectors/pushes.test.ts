import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { perturb } from '../testing/registered';
import { Planar } from './planar';
import { Radial } from './radial';
import { Sylvester } from './sylvester';

const softplus = (a: number) => Math.log1p(Math.exp(a));

describeOnEachBackend('maps that push', () => {
  test('planar: log |1 + ûᵀψ|', async () => {
    const planar = new Planar({ dim: 2, seed: 1 });
    planar.variables.w?.assign(tf.tensor2d([[0.7], [-1.2]]));
    planar.variables.u?.assign(tf.tensor2d([[0.9], [0.5]]));
    planar.variables.b?.assign(tf.tensor1d([0.3]));
    const slope = softplus(0.7 * 0.9 - 1.2 * 0.5 + Math.log(Math.E - 1)) - 1; // ûᵀw
    const height = Math.tanh(0.7 * 0.4 - 1.2 * -1.1 + 0.3);
    const { logDet } = planar.forward(tf.tensor2d([[0.4, -1.1]]));
    expect((await logDet.data())[0]).toBeCloseTo(Math.log(Math.abs(1 + slope * (1 - height ** 2))), 5);
  });

  test('radial: its formula, and nothing moves along a circle', async () => {
    const radial = new Radial({ dim: 2, seed: 1 });
    radial.variables.centre?.assign(tf.tensor1d([1, -1]));
    radial.variables.a?.assign(tf.tensor1d([0.5]));
    radial.variables.b?.assign(tf.tensor1d([-2]));
    const alpha = softplus(0.5 + Math.log(Math.E - 1));
    const beta = alpha * (softplus(-2 + Math.log(Math.E - 1)) - 1);
    const r = 5; // of (4, 3) from the centre (1, −1)
    const { value, logDet } = radial.forward(tf.tensor2d([[4, 3]]));
    const stretch = 1 + beta / (alpha + r);
    expect(await distance(value, tf.tensor2d([[1 + 3 * stretch, -1 + 4 * stretch]]))).toBeLessThan(1e-5);
    const expected = Math.log(stretch) + Math.log(1 + (alpha * beta) / (alpha + r) ** 2);
    expect((await logDet.data())[0]).toBeCloseTo(expected, 5);
  });

  test('radial: its centre stays, and even the strongest pull can be undone', async () => {
    const radial = new Radial({ dim: 3, seed: 1 });
    radial.variables.b?.assign(tf.tensor1d([-6])); // β = −0.996 α
    const centre = tf.reshape(radial.variables.centre as tf.Tensor, [1, 3]);
    expect(await distance(radial.forward(centre).value, centre)).toBe(0);
    const z = randomNormal([64, 3], { seed: 2 });
    expect(await distance(radial.inverse(radial.forward(z).value).value, z)).toBeLessThan(1e-3);
  });

  test('Sylvester: of one direction it is a planar map', async () => {
    const sylvester = perturb(new Sylvester({ dim: 3, rank: 1, seed: 1 }), 2, 1);
    const z = randomNormal([16, 3], { seed: 3 });
    const moved = tf.sub(sylvester.forward(z).value, z);
    // All points move along one line: the second moments have rank one.
    const [along, all] = [
      tf.matMul(moved as tf.Tensor2D, tf.transpose(tf.slice(moved, 0, 1) as tf.Tensor2D)),
      tf.norm(moved, 2, 1, true),
    ];
    const first = tf.slice(all, 0, 1);
    expect(await distance(tf.abs(along), tf.mul(all, first))).toBeLessThan(1e-4);
    expect((await tf.max(all).data())[0]).toBeGreaterThan(0.1);
  });

  test('Sylvester: at saturated diagonals it still has an inverse', async () => {
    const sylvester = perturb(new Sylvester({ dim: 2, seed: 1 }), 2);
    sylvester.variables.pushDiagonal?.assign(tf.tensor1d([3, -3]));
    sylvester.variables.readDiagonal?.assign(tf.tensor1d([-3, 3])); // both products are −0.99
    const z = randomNormal([64, 2], { seed: 3 });
    const { value, logDet } = sylvester.forward(z);
    const back = sylvester.inverse(value);
    expect(await distance(back.value, z)).toBeLessThan(2e-3);
    expect(await distance(tf.neg(back.logDet), logDet)).toBeLessThan(5e-2);
  });
});

test('they refuse what makes no sense', () => {
  expect(() => new Radial({ dim: 0, seed: 1 })).toThrow('Radial: dim must be a positive integer, got 0');
  expect(() => new Sylvester({ dim: 2, rank: 3, seed: 1 })).toThrow(
    'Sylvester: rank must be an integer from 1 to 2, got 3',
  );
});
