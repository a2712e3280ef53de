import { countDispatches } from '@tenonjs/runtime';
import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { BatchNormalization, Conv2DNormActivation, Dense, Dropout, GlobalAveragePooling2D } from '../index';

const network = () =>
  tf.sequential({
    layers: [
      new Conv2DNormActivation({ filters: 4, seed: 1, inputShape: [4, 4, 1] }),
      new GlobalAveragePooling2D(),
      new BatchNormalization(),
      new Dropout({ rate: 0.2 }),
      new Dense({ units: 2, seed: 2 }),
    ],
  });

/** Images that are bright, and images that are dark. */
const images = () => {
  const labels = tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1]);
  const noise = tf.randomNormal([8, 4, 4, 1], 0, 0.3, 'float32', 3);
  return { x: tf.add(noise, tf.reshape(tf.sub(labels, 0.5), [8, 1, 1, 1])), y: tf.oneHot(tf.cast(labels, 'int32'), 2) };
};

describeOnEachBackend('fit and evaluate of tfjs', (backend) => {
  test('train layers of this package', async () => {
    const model = network();
    model.compile({ optimizer: tf.train.adam(0.05), loss: tf.losses.softmaxCrossEntropy });
    const { x, y } = images();
    // Unshuffled, a batch holds both classes: a norm over one class alone takes away what tells it from the other.
    const fit = () => model.fit(x, y, { epochs: 4, batchSize: 4, shuffle: false, verbose: 0 });
    const first = (await fit()).history.loss as number[];
    const before = tf.memory().numTensors;
    const second = (await fit()).history.loss as number[];
    expect(tf.memory().numTensors).toBe(before);
    expect(second.at(-1)).toBeLessThan(first[0] as number);
    const [a, b] = [model.evaluate(x, y) as tf.Scalar, model.evaluate(x, y) as tf.Scalar];
    expect(await distance(a, b)).toBe(0);
    tf.dispose([a, b, x, y]);
    model.dispose();
  });

  if (backend === 'webgpu') {
    test('take one dispatch for a convolution, its norm, a residual and an activation', async () => {
      const layer = new Conv2DNormActivation({ filters: 4, seed: 1 });
      const [x, residual] = [tf.ones([2, 5, 5, 4]), tf.ones([2, 5, 5, 4])];
      const apply = () => layer.apply([x, residual]) as tf.Tensor;
      await apply().data(); // the weights are made, the inputs are on the device
      const { dispatches, result } = await countDispatches(apply);
      expect(dispatches).toBe(1);
      tf.dispose([result, x, residual]);
      layer.dispose();
    });
  }
});

test('a model within a model hands the seed on', async () => {
  const x = tf.input({ shape: [4, 4, 1] });
  const inner = network();
  const outer = tf.model({ inputs: x, outputs: inner.apply(x) as tf.SymbolicTensor });
  const given = images().x;
  const drawn = (seed: number) => outer.apply(given, { training: true, seed }) as tf.Tensor;
  expect(await distance(drawn(1), drawn(1))).toBe(0);
  expect(await distance(drawn(1), drawn(2))).toBeGreaterThan(0.01);
});
