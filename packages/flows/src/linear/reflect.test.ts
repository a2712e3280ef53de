import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { reflectionsAt } from './reflect';

describeOnEachBackend('reflections', () => {
  test.each([1, 2, 5])('%d of them are one after the other, and back', async (count) => {
    const normals = randomNormal([count, 4], { seed: 1 }) as tf.Tensor2D;
    const rows = randomNormal([6, 4], { seed: 2 }) as tf.Tensor2D;
    let expected: tf.Tensor = rows;
    for (const v of tf.split(normals, count)) {
      const heights = tf.div(tf.sum(tf.mul(expected, v), 1, true), tf.sum(tf.square(v)));
      expected = tf.sub(expected, tf.mul(tf.mul(2, heights), v));
    }
    const { there, back } = reflectionsAt(normals);
    expect(await distance(there(rows), expected)).toBeLessThan(3e-6);
    expect(await distance(back(there(rows)), rows)).toBeLessThan(3e-6);
  });

  test('a plane without a direction reflects nothing', async () => {
    const rows = randomNormal([2, 3], { seed: 2 }) as tf.Tensor2D;
    const { there } = reflectionsAt(tf.zeros([2, 3]));
    expect(await distance(there(rows), rows)).toBe(0);
  });
});

test('many take as many ops as two, with their gradients', async () => {
  const ops = async (count: number) => {
    const [normals, rows] = [tf.randomNormal([count, 8]), tf.randomNormal([4, 8])];
    const turned = (v: tf.Tensor, x: tf.Tensor) => reflectionsAt(v as tf.Tensor2D).there(x as tf.Tensor2D);
    const { kernels } = await tf.profile(() => tf.grads(turned)([normals, rows]));
    return kernels.length;
  };
  expect(await ops(8)).toBe(await ops(2));
  expect(await ops(1)).toBeLessThan(await ops(2));
});
