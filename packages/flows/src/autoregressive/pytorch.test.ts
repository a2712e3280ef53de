import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/pixelCnn.json' with { type: 'json' };
import { ImageCanvas } from './imageCanvas';
import { logisticMixture } from './logisticMixture/logisticMixture';
import { gatedPixelCnn } from './models';

describeOnEachBackend('beside PyTorch', () => {
  test('a gated PixelCNN makes the same numbers, by weights of the same shapes', async () => {
    const { levels, x, variables, numbers, logProb } = oracle.gated;
    const model = gatedPixelCnn({ shape: [5, 4, 1], levels, filters: 3, layers: 2, firstKernelSize: 5, seed: 1 });
    expect(Object.keys(model.variables).sort()).toEqual(Object.keys(variables).sort());
    tf.tidy(() => {
      for (const [name, { shape, data }] of Object.entries(variables))
        model.variables[name]?.assign(tf.tensor(data, shape));
    });
    const images = tf.tensor4d(x, [2, 5, 4, 1], 'float32');
    const found = tf.tidy(() => model.network.apply(new ImageCanvas(tf.div(images, levels - 1))));
    expect(await distance(found, tf.tensor4d(numbers, [2, 5, 4, levels]))).toBeLessThan(1e-5);
    expect(await distance(model.logProb(images), tf.tensor1d(logProb))).toBeLessThan(1e-4);
    model.dispose();
  });

  test.each(oracle.mixtures)('a mixture of $components logistics of $channels channels', async (given) => {
    const { components, channels, levels } = given;
    const numbers = tf.tensor2d(given.numbers, [8, given.numbers.length / 8]);
    const x = tf.tensor2d(given.x, [8, channels], 'float32');
    const nats = (of: tf.Tensor) => logisticMixture(of as tf.Tensor2D, x, { components, levels });
    expect(await distance(nats(numbers), tf.tensor1d(given.logProb))).toBeLessThan(1e-4);
    const gradient = tf.grad(nats)(numbers);
    expect(await distance(gradient, tf.tensor2d(given.gradient, numbers.shape))).toBeLessThan(1e-3);
  });
});
