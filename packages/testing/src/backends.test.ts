import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { backends, describeOnEachBackend } from './backends';
import { logAbsDet, numericalJacobian } from './calculus';
import { distance, leaked } from './tensors';

test('cpu and wasm are always there', () => {
  expect(backends.slice(0, 2)).toEqual(['cpu', 'wasm']);
});

describeOnEachBackend('the kit', (backend) => {
  test('computes where it says', async () => {
    expect(tf.getBackend()).toBe(backend);
    expect(await distance(tf.tensor([1, 2]), tf.tensor([1, 4.5]))).toBe(2.5);
    expect(await distance(tf.tensor([1, 2]), tf.tensor([1, Number.NaN]))).toBeNaN();
    await expect(distance(tf.tensor([1]), tf.tensor([1, 2]))).rejects.toThrow(RangeError);
  });

  test('sees a leak, and none where all is returned', async () => {
    expect(await leaked(() => tf.neg(tf.add(1, 2)))).toBe(1); // the sum
    expect(await leaked(() => tf.tidy(() => tf.neg(tf.add(1, 2))))).toBe(0);
  });

  test('differentiates', async () => {
    const swirl = (x: tf.Tensor) => {
      const [a, b] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
      return tf.concat([tf.mul(a, b), tf.add(tf.square(a), b)], 1);
    };
    const jacobian = await numericalJacobian(swirl, [2, 3]);
    expect(jacobian.flat()).toEqual([3, 2, 4, 1].map((value) => expect.closeTo(value, 3)));
    expect(logAbsDet(jacobian)).toBeCloseTo(Math.log(5), 3);
    expect(
      logAbsDet([
        [1, 2],
        [2, 4],
      ]),
    ).toBe(Number.NEGATIVE_INFINITY);
  });
});
