import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/adam.json';
import { adam } from './adam';

/** The oracle's function of a [2, 3] matrix. */
const valley = (theta: tf.Tensor) => {
  const [a, b] = [tf.slice(theta, [0, 0], [2, 2]), tf.slice(theta, [0, 1], [2, 2])];
  const distance = tf.square(tf.sub(1, a));
  return tf.sum(tf.add(distance, tf.mul(0.3, tf.square(tf.sub(b, tf.square(a)))))) as tf.Scalar;
};

describeOnEachBackend('adam', () => {
  test.each(oracle.runs)("goes PyTorch's way with $options", async ({ options, after }) => {
    const theta = tf.variable(tf.tensor2d(oracle.start));
    const optimizer = adam(options);
    for (let step = 1; step <= 100; step++) {
      optimizer.minimize(() => valley(theta));
      const expected = (after as Record<string, number[][]>)[step];
      if (expected) {
        const found = [...(await theta.data())];
        const worst = Math.max(...expected.flat().map((value, i) => Math.abs(value - (found[i] as number))));
        expect(worst).toBeLessThan(step < 100 ? 1e-6 : 5e-6); // float32 against float64
      }
    }
    optimizer.dispose();
    theta.dispose();
  });

  test('leaves nothing behind but two moments a variable', async () => {
    const theta = tf.variable(tf.ones([2, 3]));
    const optimizer = adam();
    expect(await leaked(() => optimizer.minimize(() => valley(theta)) ?? [])).toBe(2);
    expect(await leaked(() => optimizer.minimize(() => valley(theta)) ?? [])).toBe(0);
    optimizer.dispose();
    theta.dispose();
  });

  test('trains a model of plain tfjs', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: adam({ learningRate: 0.1 }), loss: 'meanSquaredError' });
    const x = tf.tensor2d([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const y = tf.tensor2d([[1], [0], [3], [2]]);
    const { history } = await model.fit(x, y, { epochs: 60, verbose: 0 });
    expect(history.loss?.at(-1)).toBeLessThan(0.2);
    tf.dispose([x, y]);
    model.dispose();
  });
});

test('options out of range are refused', () => {
  expect(() => adam({ learningRate: -1 })).toThrow('adam: learningRate must not be negative, got -1');
  expect(() => adam({ beta1: 1 })).toThrow('adam: beta1 must be in [0, 1), got 1');
  expect(() => adam({ beta2: Number.NaN })).toThrow('adam: beta2 must be in [0, 1), got NaN');
  expect(() => adam({ epsilon: 0 })).toThrow('adam: epsilon must be positive, got 0');
});
