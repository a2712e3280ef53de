import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { allImages, perturbed, registry } from './testing/registry';

describeOnEachBackend('levels', () => {
  test.each(['gatedPixelCnn', 'gatedPixelCnn from the left'])('may be whole numbers, cast or not: %s', async (name) => {
    const entry = registry[name] as (typeof registry)[string];
    const { shape, levels = 256 } = entry.options;
    const model = perturbed(entry);
    const images = allImages(shape, levels);
    // So many that tfjs computes them on the device.
    const whole = tf.tile(images, [Math.ceil(1500 / images.size), 1, 1, 1]);
    const floats = tf.tensor(Float32Array.from(await whole.data()), whole.shape);
    const nats = model.logProb(floats);
    expect((await tf.max(nats).data())[0]).toBeGreaterThan((await tf.min(nats).data())[0] as number);
    for (const given of [whole, tf.cast(whole, 'float32')]) {
      expect(await distance(model.logProb(given), nats)).toBe(0);
      expect(await distance(model.logProb(given), nats)).toBe(0); // and once more, when it is on the device
    }
    model.dispose();
  });

  test('that are none have no probability', async () => {
    const model = perturbed(registry.pixelCnn as (typeof registry)[string]);
    const x = tf.tensor4d([0, 1, 2, 2, 0, 1, 2, 3, 0, 1, 0.5, 2, -1, 1, 2, 2], [4, 2, 2, 1]);
    const nats = await model.logProb(x).data();
    expect([...nats].map(Number.isFinite)).toEqual([true, false, false, false]);
    model.dispose();
  });
});
