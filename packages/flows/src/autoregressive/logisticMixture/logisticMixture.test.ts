import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { logisticMixture } from './logisticMixture';

const levels = 256;
/** Logit, mean and raw log-scale of two components: of ordinary size, sharp as it may be, wide, and far outside. */
const cases: Record<string, number[]> = {
  ordinary: [0.3, -0.4, -2, -0.1, 0.5, -1],
  'a level wide and less': [0, 0.1, -30, 1, -0.2, -12],
  'much wider than all levels': [0, 0, 30, 2, 0.5, 4],
  'one component alone': [1e6, 0.3, -3, -1e6, -0.9, -3],
  'beyond the levels': [0, 40, -2, 0, -40, -2],
};
const beyond: Record<string, number[]> = { ...cases, 'a million away': [0, 1e6, -30, 0, -1e6, -30] };

describeOnEachBackend('mixtures of logistics', () => {
  test.each(Object.entries(cases))('all levels have 1 together: %s', async (_, numbers) => {
    const x = tf.reshape(tf.range(0, levels), [levels, 1]) as tf.Tensor2D;
    const rows = tf.tile(tf.tensor2d([numbers]), [levels, 1]);
    const total = tf.sum(tf.exp(logisticMixture(rows, x, { components: 2, levels })));
    expect((await total.data())[0]).toBeCloseTo(1, 4);
  });

  test.each(Object.entries(beyond))('numbers and slopes are finite: %s', async (_, numbers) => {
    const x = tf.tensor2d([[0], [1], [128], [254], [255]]);
    const rows = tf.tile(tf.tensor2d([numbers]), [5, 1]);
    const { value, grad } = tf.valueAndGrad((given: tf.Tensor) =>
      tf.sum(logisticMixture(given as tf.Tensor2D, x, { components: 2, levels })),
    )(rows);
    for (const tensor of [value, grad]) {
      expect([...(await tensor.data())].filter((number) => !Number.isFinite(number))).toEqual([]);
    }
  });

  test('levels may be whole numbers that were cast', async () => {
    const rows = tf.tile(tf.tensor2d([cases.ordinary as number[]]), [3, 1]);
    const given = tf.tensor2d([[0], [7], [255]], [3, 1], 'int32');
    const nats = (x: tf.Tensor2D) => logisticMixture(rows, x, { components: 2, levels }).data();
    expect(await nats(tf.cast(given, 'float32'))).toEqual(await nats(tf.tensor2d([[0], [7], [255]])));
  });
});
