import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { coreLayers } from './coreLayers';

describeOnEachBackend('coreLayers', () => {
  test('squares each element', async () => {
    const x = tf.tensor1d([-2, 0, 3]);
    expect(await distance(coreLayers(x), tf.tensor1d([4, 0, 9]))).toBeLessThan(1e-6);
  });

  test('leaves nothing behind', async () => {
    const x = tf.tensor1d([1, 2]);
    expect(await leaked(() => coreLayers(x))).toBe(0);
  });
});
