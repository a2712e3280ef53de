import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { images, plainCnn } from '../testing/models';
import { occlusionSensitivity } from './occlusionSensitivity';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

test('a pixel that no occluder covers takes part in nothing', async () => {
  const [model, x] = [plainCnn(), images(1, 9)];
  const { attribution } = await occlusionSensitivity(model, x, { target: 1, window: 2, stride: 3, fill: 0 });
  const places = (await (tf.squeeze(attribution, [0]) as tf.Tensor2D).array()) as number[][];
  for (const [i, row] of places.entries()) {
    for (const [j, value] of row.entries()) {
      const covered = [i, j].every((at) => [0, 1, 3, 4, 6, 7].includes(at)); // windows begin at 0, 3 and 6
      if (covered) expect(Number.isFinite(value) && value !== 0, `${i}, ${j}: ${value}`).toBe(true);
      else expect(value).toBe(0);
    }
  }
});

test('several images are one run: their places are counted together, and each is told of', async () => {
  const told: string[] = [];
  const seen: string[] = [];
  await occlusionSensitivity(plainCnn(), images(2, 9), {
    window: 4,
    stride: 4,
    batchSize: 3,
    onProgress: ({ step, steps }) => told.push(`${step} of ${steps}`),
    onStep: ({ step, index, boxes }) => void seen.push(`${step}: ${boxes.length} of image ${index}`),
  });
  expect(told).toEqual(['3 of 8', '4 of 8', '7 of 8', '8 of 8']);
  expect(seen).toEqual(['3: 3 of image 0', '4: 1 of image 0', '7: 3 of image 1', '8: 1 of image 1']);
});
