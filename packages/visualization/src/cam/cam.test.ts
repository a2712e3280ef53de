import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { guidedBackprop } from '../attribution/guidedBackprop';
import { saliency } from '../attribution/saliency';
import { images, plainCnn, seeded } from '../testing/models';
import { gradCam } from './gradCam';
import { gradCamPlusPlus } from './gradCamPlusPlus';
import { guidedGradCam } from './guidedGradCam';

describe('class activation maps', () => {
  test('are enlarged about the middles of pixels', async () => {
    const [model, x] = [plainCnn(), images(1)];
    const options = { target: 1, relu: false };
    const rows = (await gradCam(model, x, { ...options, resize: false }).array()) as number[][][];
    const large = (await gradCam(model, x, options).array()) as number[][][];
    const at = (i: number, j: number) => rows[0]?.[i]?.[j] as number;
    expect(large[0]?.[0]?.[0]).toBeCloseTo(at(0, 0), 5);
    expect(large[0]?.[0]?.[1]).toBeCloseTo(0.75 * at(0, 0) + 0.25 * at(0, 1), 5);
    expect(large[0]?.[4]?.[7]).toBeCloseTo(0.25 * at(1, 3) + 0.75 * at(2, 3), 5);
  });

  test('are of the last layer of maps that is no pooling, and of what speaks for the score', async () => {
    const model = seeded(
      tf.sequential({
        layers: [
          tf.layers.conv2d({ name: 'first', filters: 3, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 2] }),
          tf.layers.conv2d({ name: 'last', filters: 3, kernelSize: 1 }),
          tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
          tf.layers.dropout({ rate: 0.5 }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 3 }),
        ],
      }),
    );
    const x = images(1);
    for (const method of [gradCam, gradCamPlusPlus]) {
      const found = method(model, x, { target: 1 });
      expect(await distance(found, method(model, x, { target: 1, layer: 'last' }))).toBe(0);
      expect(await distance(found, tf.relu(method(model, x, { target: 1, layer: 'first' })))).toBeGreaterThan(1e-4);
    }
    const [three, target] = [images(3), [0, 1, 2]];
    const signed = gradCam(model, three, { target, relu: false, resize: false });
    expect((await tf.min(signed).data())[0]).toBeLessThan(0);
    expect(await distance(gradCam(model, three, { target, resize: false }), tf.relu(signed))).toBe(0);
  });

  test('guided Grad-CAM is the product of both', async () => {
    const [model, x] = [plainCnn(), images(2)];
    const where = tf.expandDims(gradCam(model, x, { target: 2 }), 3);
    const lines = guidedBackprop(model, x, { target: 2 });
    const found = guidedGradCam(model, x, { target: 2 });
    expect(await distance(found, tf.mul(where, lines))).toBeLessThan(1e-6);
    expect(await distance(found, tf.zerosLike(found))).toBeGreaterThan(1e-4);
    const signed = gradCam(model, x, { target: 2, relu: false });
    expect((await tf.min(signed).data())[0]).toBeLessThan(0);
  });
});

describe('targets in a layer', () => {
  /** Two channels: the pixels themselves, and three times as much. */
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ name: 'maps', filters: 2, kernelSize: 1, useBias: false, inputShape: [3, 4, 1] })],
  });
  model.setWeights([tf.tensor4d([1, 3], [1, 1, 1, 2])]);
  const x = tf.reshape(tf.range(0, 12), [1, 3, 4, 1]);
  const seen = async (target: object) =>
    tf.squeeze(saliency(model, x, { target: { layer: 'maps', ...target }, signed: true })).array() as Promise<
      number[][]
    >;

  test('are a place, the strongest place, a channel’s mean or all', async () => {
    const only = (row: number, column: number, value: number) =>
      [0, 1, 2].map((i) => [0, 1, 2, 3].map((j) => (i === row && j === column ? value : 0)));
    expect(await seen({ channel: 1, at: [1, 3] })).toEqual(only(1, 3, 3));
    expect(await seen({ channel: 0, at: 'max' })).toEqual(only(2, 3, 1));
    for (const [target, value] of [
      [{ channel: 1 }, 3 / 12],
      [{}, 4 / 24],
    ] as const) {
      for (const found of (await seen(target)).flat()) expect(found).toBeCloseTo(value, 6);
    }
  });
});
