import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { mlp } from './mlp';

test.each(['relu', 'tanh'] as const)('is what its formula says, with %s', async (activation) => {
  const network = mlp({ inputs: 2, outputs: 1, hidden: [2], activation, seed: 1 });
  const { kernel0, bias0, kernel1, bias1 } = network.variables as Record<string, tf.Variable>;
  kernel0?.assign(
    tf.tensor2d([
      [1, -2],
      [0.5, 3],
    ]),
  );
  bias0?.assign(tf.tensor1d([0.1, -0.2]));
  kernel1?.assign(tf.tensor2d([[2], [-1]]));
  bias1?.assign(tf.tensor1d([0.25]));
  const f = activation === 'relu' ? (v: number) => Math.max(v, 0) : Math.tanh;
  const expected = (a: number, b: number) => 2 * f(a + 0.5 * b + 0.1) - f(-2 * a + 3 * b - 0.2) + 0.25;
  const found = await network
    .apply(
      tf.tensor2d([
        [1, 2],
        [-1, 0.5],
      ]),
    )
    .data();
  expect([...found]).toEqual([expect.closeTo(expected(1, 2), 5), expect.closeTo(expected(-1, 0.5), 5)]);
});

test('starts at zero, with hidden weights of the right spread', async () => {
  const network = mlp({ inputs: 50, outputs: 3, hidden: [400], seed: 1 });
  expect([...(await network.apply(tf.ones([1, 50])).data())]).toEqual([0, 0, 0]);
  const variance = tf.moments(network.variables.kernel0 as tf.Tensor).variance;
  expect((await variance.data())[0]).toBeCloseTo(2 / 50, 2.5);
});

test('without hidden layers it is linear', () => {
  expect(Object.keys(mlp({ inputs: 2, outputs: 3, hidden: [], seed: 1 }).variables)).toEqual(['kernel0', 'bias0']);
});
