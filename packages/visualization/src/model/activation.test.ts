import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { deconvnet } from '../attribution/deconvnet';
import { guidedBackprop } from '../attribution/guidedBackprop';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

test.each([
  ['relu6', [tf.layers.activation({ activation: 'relu6', inputShape: [1, 4, 1] })], 6],
  ['a ReLU that ends at 3', [tf.layers.reLU({ maxValue: 3, inputShape: [1, 4, 1] })], 3],
] as const)('nothing comes back from above where %s ends', async (_, layers, end) => {
  const model = tf.sequential({ layers: [...layers, tf.layers.flatten()] });
  const x = tf.tensor([1, end - 0.25, end + 0.25, -1], [1, 1, 4, 1]);
  const target = (y: tf.Tensor) => tf.sum(y, 1);
  expect([...(await guidedBackprop(model, x, { target }).data())]).toEqual([1, 1, 0, 0]);
  expect([...(await deconvnet(model, x, { target }).data())]).toEqual([1, 1, 0, 1]);
});
