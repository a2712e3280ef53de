import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { loadVariables, saveVariables } from '../weights';
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

  test('starts once: later data change nothing, nor do they after a file of one that was started', async () => {
    const [first, later] = [1, 2].map((seed) => tf.add(tf.mul(randomNormal([50, 2], { seed }), 3 * seed), seed));
    const norm = new ActNorm({ shape: [2] });
    norm.startFrom(first as tf.Tensor);
    const z = randomNormal([5, 2], { seed: 3 });
    const before = norm.forward(z).value;
    norm.startFrom(later as tf.Tensor);
    expect(await distance(norm.forward(z).value, before)).toBe(0);
    const [loaded, fresh] = [new ActNorm({ shape: [2] }), new ActNorm({ shape: [2] })];
    loadVariables(loaded.variables, await saveVariables(norm.variables));
    loaded.startFrom(later as tf.Tensor);
    expect(await distance(loaded.forward(z).value, before)).toBeLessThan(1e-6);
    loadVariables(fresh.variables, await saveVariables(new ActNorm({ shape: [2] }).variables)); // of one that was not
    fresh.startFrom(later as tf.Tensor);
    expect(await distance(fresh.forward(z).value, before)).toBeGreaterThan(1);
  });

  test('of channels: one scale and shift for all places, and the volume of all', async () => {
    const images = tf.add(tf.mul(randomNormal([60, 2, 3, 2], { seed: 1 }), [0.5, 4]), [1, -2]);
    const norm = new ActNorm({ shape: [2, 3, 2], perChannel: true });
    norm.startFrom(images);
    const { value, logDet } = norm.inverse(images);
    const { mean, variance } = tf.moments(tf.reshape(value, [-1, 2]), 0);
    expect(await distance(mean, tf.zeros([2]))).toBeLessThan(1e-4);
    expect(await distance(variance, tf.ones([2]))).toBeLessThan(1e-3);
    const volume =
      -6 * 0.5 * Math.log((await tf.prod(tf.moments(tf.reshape(images, [-1, 2]), 0).variance).data())[0] as number);
    expect((await logDet.data())[3]).toBeCloseTo(volume, 3);
  });

  test('what is the same in all data stays finite', async () => {
    const norm = new ActNorm({ shape: [2] });
    norm.startFrom(tf.tensor2d([7, 1, 7, 2], [2, 2]));
    expect(await distance(norm.forward(tf.zeros([1, 2])).value, tf.tensor2d([[7, 1.5]]))).toBeLessThan(1e-6);
    expect((await norm.inverse(tf.zeros([1, 2])).value.data()).every(Number.isFinite)).toBe(true);
    expect(() => norm.startFrom(tf.zeros([4, 3]))).toThrow('ActNorm.startFrom: points must be [batch, 2], got [4, 3]');
  });
});
