import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { ActNorm } from './actNorm';

describeOnEachBackend('activation norm', () => {
  test('started from data, it leaves mean 0 and deviation 1 in each number', async () => {
    const points = tf.add(tf.mul(randomNormal([400, 3], { seed: 1 }), [0.1, 1, 20]), [5, -3, 100]);
    const norm = new ActNorm({ shape: [3] });
    expect(await leaked(() => norm.startFrom(points))).toBe(0);
    const { value, logDet } = norm.inverse(points);
    const { mean, variance } = tf.moments(value, 0);
    expect(await distance(mean, tf.zeros([3]))).toBeLessThan(1e-4);
    expect(await distance(variance, tf.ones([3]))).toBeLessThan(1e-4);
    const volume = -0.5 * Math.log((await tf.prod(tf.moments(points, 0).variance).data())[0] as number);
    expect((await logDet.data())[7]).toBeCloseTo(volume, 3);
  });

  test('what is the same in all data stays finite', async () => {
    const norm = new ActNorm({ shape: [2] });
    norm.startFrom(tf.tensor2d([7, 1, 7, 2], [2, 2]));
    expect(await distance(norm.forward(tf.zeros([1, 2])).value, tf.tensor2d([[7, 1.5]]))).toBeLessThan(1e-6);
    expect((await norm.inverse(tf.zeros([1, 2])).value.data()).every(Number.isFinite)).toBe(true);
    expect(() => norm.startFrom(tf.zeros([4, 3]))).toThrow('ActNorm.startFrom: points must be [batch, 2], got [4, 3]');
  });
});
