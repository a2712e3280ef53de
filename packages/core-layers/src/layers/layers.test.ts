import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { BatchNormalization, Dense, Dropout, GlobalAveragePooling2D, MaxPooling2D } from '../index';

describeOnEachBackend('layers of this package', () => {
  test('stand in a model', async () => {
    const model = tf.sequential({
      layers: [
        new MaxPooling2D({ poolSize: 3, strides: 2, padding: 1, inputShape: [6, 6, 2] }),
        new BatchNormalization(),
        new GlobalAveragePooling2D(),
        new Dropout({ rate: 0.5 }),
        new Dense({ units: 3, activation: 'gelu', seed: 3 }),
      ],
    });
    model.summary();
    const x = tf.randomNormal([2, 6, 6, 2], 0, 1, 'float32', 1);
    const y = model.apply(x, { training: true, seed: 3 }) as tf.Tensor;
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
    );
    const again = await tf.loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
    expect(await distance(again.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor)).toBe(0);
    expect(y.shape).toEqual([2, 3]);
  });
});
