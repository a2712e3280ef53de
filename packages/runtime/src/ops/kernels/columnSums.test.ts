import '@tensorflow/tfjs';
import { composeOnly, countDispatches } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { biasActivation } from '../biasActivation';

/** A bias's gradient is a sum over rows; of many rows it takes a second pass. */
describeOnEachBackend('sums over rows', (backend) => {
  test.each([
    [256, 64, 1],
    [257, 64, 2],
    [300, 67, 2],
    [17_000, 3, 2],
  ])('%d rows of %d columns, in %d passes', async (rows, columns, passes) => {
    const [x, dy] = [
      tf.randomNormal([rows, columns], 0, 1, 'float32', 1),
      tf.randomNormal([rows, columns], 0, 1, 'float32', 2),
    ];
    const bias = tf.zeros([columns]);
    const gradients = () =>
      tf.grads((x, bias) => biasActivation(x as tf.Tensor, bias as tf.Tensor, { activation: 'tanh' }))([x, bias], dy);
    const [dx, dBias] = gradients() as [tf.Tensor, tf.Tensor];
    const [dxComposed, dBiasComposed] = composeOnly(gradients) as [tf.Tensor, tf.Tensor];
    expect(await distance(dx, dxComposed)).toBeLessThan(1e-5);
    expect(await distance(dBias, dBiasComposed)).toBeLessThan(rows * 1e-7);
    if (backend === 'webgpu') expect((await countDispatches(gradients)).dispatches).toBe(1 + passes);
  });
});
