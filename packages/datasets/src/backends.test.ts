import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { digits, plane, planeNames } from './index';

/** A few points of every plane and a few digits, as numbers. */
async function draw(): Promise<number[][]> {
  const { images, labels } = digits(3, { seed: 5 });
  const tensors: tf.Tensor[] = [...planeNames.map((name) => plane(name, 8, { seed: 3 })), images, labels];
  const numbers = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
  tf.dispose(tensors);
  return numbers;
}

const expected = await draw();

describeOnEachBackend('the same seed', () => {
  test('gives the same numbers', async () => {
    expect(await draw()).toEqual(expected);
  });
});
