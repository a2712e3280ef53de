import { randomUniform } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { realNvp } from '../flows/realNvp';
import { checkerboardMask } from '../masks/checkerboardMask';
import { mlp } from '../networks/mlp';
import { perturb } from '../testing/registered';
import { AffineCoupling } from './affineCoupling';
import { Scaling } from './scaling';
import { VariationalDequantization } from './variationalDequantization';

const shape = [2, 2, 1] as const;

const dequantization = (levels: number) => {
  const mask = checkerboardMask({ shape });
  const conditioner = mlp({ inputs: 2, outputs: 4, context: 4, hidden: [6], activation: 'tanh', seed: 1 });
  return perturb(new VariationalDequantization({ levels, noise: new AffineCoupling({ mask, conditioner }) }), 3);
};

describeOnEachBackend('variational dequantization', () => {
  test('gives whole levels back from whole levels', async () => {
    const map = dequantization(256);
    const images = tf.floor(randomUniform([32, ...shape], { seed: 2, high: 256 }));
    const { value } = map.inverse(images, { seed: 3 });
    expect(await distance(map.forward(value).value, images)).toBe(0);
    expect(await distance(map.inverse(images, { seed: 4 }).value, value)).toBeGreaterThan(1e-4);
    expect(() => map.inverse(images)).toThrow('VariationalDequantization.inverse: options must be { seed }, got none');
  });

  test('takes away the density of its noise: that of the sigmoid of a normal, where that is the noise', async () => {
    const scaling = new Scaling({ shape: [...shape] });
    const s = [0.3, -0.5, 0, 1];
    scaling.variables.logScale?.assign(tf.tensor3d(s, [...shape]));
    const map = new VariationalDequantization({ levels: 5, noise: scaling });
    const levels = [0, 2, 4, 1];
    const { value, logDet } = map.inverse(tf.tensor4d(levels, [1, 2, 2, 1]), { seed: 5 });
    const logNoise = [...(await value.data())].map((z, i) => {
      const u = 5 * z - (levels[i] as number);
      const epsilon = Math.log(u / (1 - u)) / Math.exp(s[i] as number);
      return -0.5 * epsilon ** 2 - 0.5 * Math.log(2 * Math.PI) - (s[i] as number) - Math.log(u * (1 - u));
    });
    const expected = -4 * Math.log(5) - logNoise.reduce((sum, each) => sum + each, 0);
    expect((await logDet.data())[0]).toBeCloseTo(expected, 3);
  });

  test('learns with the flow it stands in', async () => {
    const own = dequantization(8);
    const flow = realNvp({ shape, layers: 2, hidden: [4], levels: 8, dequantization: own, network: 'dense', seed: 1 });
    const x = tf.floor(randomUniform([64, ...shape], { seed: 2, high: 3 }));
    const names = flow.trainableVariables.map(({ id }) => id);
    expect(Object.values(own.variables).every(({ id }) => names.includes(id))).toBe(true);
    const { grads } = tf.variableGrads(() => flow.loss({ x }, { seed: 1 }), Object.values(own.variables));
    for (const gradient of Object.values(grads)) {
      expect(await distance(gradient, tf.zerosLike(gradient))).toBeGreaterThan(1e-6);
    }
    flow.dispose();
  });
});

test('its noise sees the context of a conditional flow, where it asks for it', async () => {
  const mask = checkerboardMask({ shape });
  const conditioner = mlp({ inputs: 2, outputs: 4, context: 4 + 3, hidden: [6], activation: 'tanh', seed: 1 });
  const noise = new AffineCoupling({ mask, conditioner });
  const own = perturb(new VariationalDequantization({ levels: 8, noise, context: 3 }), 3);
  const flow = realNvp({
    ...{ shape, layers: 2, hidden: [4], levels: 8, dequantization: own as VariationalDequantization, context: 3 },
    ...{ network: 'dense', seed: 1 },
  });
  const x = tf.floor(randomUniform([5, ...shape], { seed: 2, high: 8 }));
  const [one, other] = [tf.tensor2d([[1, 0, 0]]), tf.tensor2d([[0, 2, 1]])];
  const values = [one, other].map((context) => own.inverse(x, { seed: 3, context }).value) as [tf.Tensor, tf.Tensor];
  expect(await distance(values[0], values[1])).toBeGreaterThan(1e-4);
  // The couplings start as the identity: what differs is the noise alone.
  expect(
    await distance(flow.logProb(x, { seed: 3, context: one }), flow.logProb(x, { seed: 3, context: other })),
  ).toBeGreaterThan(1e-3);
  expect(flow.sample(2, { seed: 1, context: one }).shape).toEqual([2, ...shape]);
  expect(() => flow.logProb(x)).toThrow('VariationalDequantization: context must be [5, 3] or [1, 3], got none');
  flow.dispose();
});

test('it refuses levels that make no sense', () => {
  expect(() => dequantization(0)).toThrow('VariationalDequantization: levels must be a positive integer, got 0');
});
