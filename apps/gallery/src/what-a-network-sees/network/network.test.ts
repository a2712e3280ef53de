import { deriveSeed, initDevice, readSafetensors, writeSafetensors } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { imageOf, judge, likeliest } from '../engine/subject';
import { drawScene } from '../shapes/drawScene';
import { shapeNames } from '../shapes/outlines';
import { trainedNetwork } from '../testing/subjects';
import { loadWeights, shapeNetwork } from './network';

beforeAll(async () => {
  await initDevice({ prefer: ['wasm'] });
});

test('with the weights that are kept it knows new pictures of each shape', async () => {
  const model = trainedNetwork();
  let right = 0;
  for (let i = 0; i < 80; i++) {
    const name = shapeNames[i % shapeNames.length] as (typeof shapeNames)[number];
    const image = imageOf(drawScene([name], deriveSeed(12345, i)).pixels);
    if (shapeNames[likeliest(await judge(model, image))] === name) right++;
    image.dispose();
  }
  expect(right).toBeGreaterThanOrEqual(72);
});

test('weights are taken by their names; a file that lacks one changes nothing', () => {
  const model = shapeNetwork(3);
  const before = model.weights.map((weight) => [...weight.read().dataSync()]);
  const entries = model.weights.map(({ originalName, shape }) => {
    const size = tf.util.sizeFromShape(shape as number[]);
    return [originalName, { shape: shape as number[], data: new Float32Array(size).fill(0.5) }] as const;
  });
  const [, ...lacking] = entries;
  expect(() => loadWeights(model, writeSafetensors(Object.fromEntries(lacking)))).toThrow(/must have conv1\/kernel/);
  expect(model.weights.map((weight) => [...weight.read().dataSync()])).toEqual(before);
  const bytes = writeSafetensors(Object.fromEntries(entries));
  expect(Object.keys(readSafetensors(bytes).tensors)).toHaveLength(model.weights.length);
  loadWeights(model, bytes);
  expect(
    model.weights.every((weight) =>
      weight
        .read()
        .dataSync()
        .every((value) => value === 0.5),
    ),
  ).toBe(true);
});
