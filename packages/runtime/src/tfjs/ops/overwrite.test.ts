import '@tensorflow/tfjs';
import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { overwrite } from './overwrite';

describeOnEachBackend('overwrite', () => {
  test('puts numbers of the host or of a tensor in; clones keep the old ones', async () => {
    const v = tf.tidy(() => tf.variable(tf.tensor([[1, 2]])));
    const clone = tf.clone(v);
    const doubled = tf.mul(v, 2);
    overwrite(v, [3, 4]);
    expect([...(await v.data())]).toEqual([3, 4]);
    const tripled = tf.mul(v, 3);
    overwrite(v, tf.add(v, 10) as tf.Tensor);
    expect([...(await v.data())]).toEqual([13, 14]);
    expect([...(await clone.data())]).toEqual([1, 2]);
    expect([...(await doubled.data())]).toEqual([2, 4]);
    expect([...(await tripled.data())]).toEqual([9, 12]);
  });

  test('whole numbers too, and nothing leaks', async () => {
    const v = tf.tidy(() => tf.variable(tf.tensor([1, 2], [2], 'int32')));
    const values = tf.tensor([7, 8], [2], 'int32');
    expect(
      await leaked(() => {
        overwrite(v, [5, 6]);
        return [];
      }),
    ).toBe(0);
    expect([...(await v.data())]).toEqual([5, 6]);
    expect(
      await leaked(() => {
        overwrite(v, values);
        return [];
      }),
    ).toBe(0);
    expect([...(await v.data())]).toEqual([7, 8]);
  });

  test('products and convolutions see the new numbers, whatever they had laid out of the old', async () => {
    const x = tf.ones([1, 5, 5, 4]) as tf.Tensor4D;
    const kernels = [
      [4, (w: tf.Tensor) => tf.matMul(tf.ones([6, 2]), tf.reshape(w, [2, 2]) as tf.Tensor2D)],
      [32, (w: tf.Tensor) => tf.conv2d(x, tf.reshape(w, [2, 2, 4, 2]) as tf.Tensor4D, 1, 'valid')],
      [16, (w: tf.Tensor) => tf.depthwiseConv2d(x, tf.reshape(w, [2, 2, 4, 1]) as tf.Tensor4D, 1, 'valid')],
    ] as const;
    for (const [size, multiply] of kernels) {
      const w = tf.tidy(() => tf.variable(tf.ones([size])));
      const shaped = tf.tidy(() => tf.variable(tf.ones([size])));
      const before = await tf.tidy(() => tf.sum(multiply(w))).data();
      for (const factor of [2, 3]) {
        overwrite(w, new Array(size).fill(factor));
        tf.tidy(() => overwrite(shaped, tf.mul(w, 1) as tf.Tensor));
        for (const weights of [w, shaped]) {
          const after = await tf.tidy(() => tf.sum(multiply(weights))).data();
          expect(after[0]).toBeCloseTo(factor * (before[0] as number), 3);
        }
      }
    }
  });

  test('what does not fit is refused, and the variable is as it was', async () => {
    const v = tf.tidy(() => tf.variable(tf.tensor([1, 2])));
    expect(() => overwrite(v, [1])).toThrow('overwrite: values must be 2 numbers, got 1');
    expect(() => overwrite(v, tf.zeros([2, 1]))).toThrow(
      'overwrite: values must be float32 of shape [2], got float32 of shape [2,1]',
    );
    expect([...(await v.data())]).toEqual([1, 2]);
  });
});
