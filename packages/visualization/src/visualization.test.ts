import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { visualization } from './visualization';

describeOnEachBackend('visualization', () => {
  test('squares each element', async () => {
    const x = tf.tensor1d([-2, 0, 3]);
    expect(await distance(visualization(x), tf.tensor1d([4, 0, 9]))).toBeLessThan(1e-6);
  });

  test('leaves nothing behind', async () => {
    const x = tf.tensor1d([1, 2]);
    expect(await leaked(() => visualization(x))).toBe(0);
  });
});
