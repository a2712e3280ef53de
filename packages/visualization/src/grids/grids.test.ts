import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { normalizeImage, normalizeMap } from '../images/normalize';
import { images, plainCnn } from '../testing/models';
import { featureMapGrid } from './featureMapGrid';
import { filterGrid } from './filterGrid';
import { grid } from './grid';

/** A convolution whose kernel [2, 3, inputs, outputs] is sin 0, sin 1, … */
function waving(inputs: number, outputs: number): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'conv',
        filters: outputs,
        kernelSize: [2, 3],
        useBias: false,
        inputShape: [4, 4, inputs],
      }),
    ],
  });
  model.setWeights([tf.reshape(tf.sin(tf.range(0, 6 * inputs * outputs)), [2, 3, inputs, outputs])]);
  return model;
}

test('a grid without columns is about as wide as it is high', () => {
  const sizes = [1, 2, 4, 5, 9, 10].map((n) => grid(tf.zeros([n, 1, 1, 1]), { gap: 0 }).shape.slice(0, 2));
  expect(sizes).toEqual([
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 3],
    [3, 3],
    [3, 4],
  ]);
});

describe('filters', () => {
  test('of three channels are in colour, each from its least to its largest number', async () => {
    const model = waving(3, 2);
    const kernel = model.getWeights()[0] as tf.Tensor;
    const [first, second] = tf.unstack(tf.transpose(kernel, [3, 0, 1, 2])) as [tf.Tensor, tf.Tensor]; // [2, 3, 3]
    const sheet = filterGrid(model, { gap: 0 });
    expect(await distance(sheet, tf.concat([normalizeImage(first), normalizeImage(second)], 1))).toBe(0);
    expect(filterGrid(model, { most: 1 }).shape).toEqual([2, 3, 3]);
  });

  test('of other channels are a row of grey cells each, one for each channel, each by itself', async () => {
    const model = waving(2, 3);
    const kernel = model.getWeights()[0] as tf.Tensor;
    const cell = (output: number, input: number) => {
      const part = tf.squeeze(tf.slice(kernel, [0, 0, input, output], [-1, -1, 1, 1]), [2, 3]); // [2, 3]
      return normalizeMap(part);
    };
    const rows = [0, 1, 2].map((output) => tf.concat([cell(output, 0), cell(output, 1)], 1));
    expect(await distance(tf.squeeze(filterGrid(model, { gap: 0 })), tf.concat(rows, 0))).toBe(0);
    // One input channel alone, whose numbers fall where those of the other rise.
    model.setWeights([tf.mul(kernel, tf.tensor4d([1, -1], [1, 1, 2, 1]))]);
    const one = tf.squeeze(filterGrid(model, { input: 1, columns: 3, gap: 0 }));
    const turned = [0, 1, 2].map((output) => cell(output, 1));
    expect(await distance(one, tf.concat(turned, 1))).toBe(0);
    const large = tf.squeeze(filterGrid(model, { input: 1, columns: 3, gap: 0, scale: 2 }));
    expect(await distance(tf.stridedSlice(large, [0, 0], large.shape, [2, 2]), one)).toBe(0);
    expect(await distance(tf.stridedSlice(large, [1, 1], large.shape, [2, 2]), one)).toBe(0);
  });
});

test('maps of a layer are shown each by itself, or all alike', async () => {
  const model = plainCnn();
  const image = tf.slice(images(1), [0, 0, 0, 0], [1, 8, 8, 2]);
  const conv = tf.model({ inputs: model.inputs, outputs: model.getLayer('conv1').output as tf.SymbolicTensor });
  const maps = tf.unstack(tf.squeeze(conv.predict(image) as tf.Tensor, [0]), 2); // four of [8, 8]
  const options = { layer: 'conv1', columns: 4, gap: 0 };
  const side = (of: tf.Tensor[]) => tf.concat(of, 1);
  const each = tf.squeeze(featureMapGrid(model, image, options));
  expect(await distance(each, side(maps.map((map) => normalizeMap(map))))).toBeLessThan(1e-6);
  const all = tf.squeeze(featureMapGrid(model, image, { ...options, normalize: 'all' }));
  expect(await distance(all, normalizeMap(side(maps)))).toBeLessThan(1e-6);
  expect(await distance(all, each)).toBeGreaterThan(0.01);
  expect(featureMapGrid(model, image, { ...options, columns: 2, most: 2 }).shape).toEqual([8, 16, 1]);
  expect(() => featureMapGrid(model, image, { ...options, normalize: 'none' as 'all' })).toThrow(
    'featureMapGrid: normalize must be one of each, all, got none',
  );
  expect(() => grid(images(2), { background: Number.NaN })).toThrow(
    'grid: background must be a finite number, got NaN',
  );
});
