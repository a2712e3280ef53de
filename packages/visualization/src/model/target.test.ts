import { smallResNet } from '@tenonjs/core-layers/architectures';
import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { occlusionSensitivity } from '../attribution/occlusionSensitivity';
import { saliency } from '../attribution/saliency';
import { cam } from '../cam/cam';
import { gradCam } from '../cam/gradCam';
import { guidedGradCam } from '../cam/guidedGradCam';
import { activationMaximization } from '../synthesis/activationMaximization';
import { foolingImage } from '../synthesis/foolingImage';
import { images, nestedCnn, plainCnn, seeded } from '../testing/models';
import type { Target } from './target';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

/** A model of one class, yes or no, that has one map. */
const yesOrNo = () =>
  seeded(
    tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'map', filters: 1, kernelSize: 3, inputShape: [8, 8, 2] }),
        tf.layers.globalAveragePooling2d({ name: 'gap' }),
        tf.layers.dense({ name: 'score', units: 1, activation: 'sigmoid' }),
      ],
    }),
  );

describe('a model of one class', () => {
  test.each<[string, (model: tf.LayersModel, x: tf.Tensor, target?: Target) => tf.Tensor]>([
    ['saliency', (model, x, target) => saliency(model, x, { ...(target !== undefined && { target }) })],
    ['gradCam', (model, x, target) => gradCam(model, x, { ...(target !== undefined && { target }), relu: false })],
    ['cam', (model, x, target) => cam(model, x, { ...(target !== undefined && { target: target as number }) })],
  ])('%s asks for it, named or not', async (_, method) => {
    const [model, x] = [yesOrNo(), images(2)];
    const map = method(model, x, 0);
    expect(await distance(map, tf.zerosLike(map))).toBeGreaterThan(1e-3);
    expect(await distance(method(model, x), map)).toBe(0);
    expect(await distance(method(model, x, [0, 0]), map)).toBe(0);
  });

  test('occlusion watches it, and a map that is the only one', async () => {
    const [model, x] = [yesOrNo(), images(1)];
    const { score, featureMap, label } = await occlusionSensitivity(model, x, { window: 8, fill: 0 });
    const nothing = tf.zeros([1, 8, 8, 2]);
    const maps = tf.model({ inputs: model.inputs, outputs: model.getLayer('map').output }).predict(nothing);
    expect(await distance(tf.reshape(score, [1, 1]), model.predict(nothing) as tf.Tensor)).toBeLessThan(1e-6);
    expect(await distance(tf.reshape(featureMap, []), tf.sum(maps as tf.Tensor))).toBeLessThan(1e-6);
    expect([...(await label.data())]).toEqual([0]);
  });
});

describe('a name', () => {
  test('of a module is that of its last layer', async () => {
    const model = smallResNet({ inputShape: [8, 8, 2], width: 4, seed: 1 });
    const x = images(1);
    const map = gradCam(model, x, { target: 2, layer: 'layer2', resize: false });
    expect(map.shape).toEqual([1, 4, 4]);
    expect(await distance(map, gradCam(model, x, { target: 2, layer: 'layer2.0.conv2', resize: false }))).toBe(0);
    expect(() => gradCam(model, x, { layer: 'layer' })).toThrow(/^gradCam: layer must be one of conv1, .*, got layer$/);
  });

  test('of a model within the model is that of its last layer', async () => {
    const [model, x] = [nestedCnn(), images(1)];
    const within = (layer: string) => saliency(model, x, { target: { layer, channel: 1 } });
    expect(await distance(within('base'), within('base/pool1'))).toBe(0);
  });
});

describe('what is no target', () => {
  const model = plainCnn();
  const x = images(2);
  test.each([
    ['a name', 'cat', 'a class, one for each image, { layer, channel, at } or a function, got cat'],
    ['null', null, 'a class, one for each image, { layer, channel, at } or a function, got null'],
    ['an object without a layer', {}, 'a class, one for each image, { layer, channel, at } or a function, got {}'],
    ['no number', Number.NaN, 'a class in [0, 3), got NaN'],
    ['too many classes', [0, 1, 2], 'a class for each of 2 images, got [0,1,2]'],
    ['too few', [0], 'a class for each of 2 images, got [0]'],
  ])('is told: %s', async (_, target, message) => {
    const options = { target: target as unknown as Target };
    expect(() => saliency(model, x, options)).toThrow(`saliency: target must be ${message}`);
    expect(() => guidedGradCam(model, x, options)).toThrow(`guidedGradCam: target must be ${message}`);
    const before = tf.memory().numTensors;
    await expect(occlusionSensitivity(model, x, options)).rejects.toThrow(
      `occlusionSensitivity: target must be ${message}`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test('class activation maps take classes alone', () => {
    for (const target of [{ layer: 'map' }, null, 'yes'] as unknown as number[]) {
      expect(() => cam(yesOrNo(), x, { target })).toThrow(
        'cam: target must be a class in [0, 1), or one for each image',
      );
    }
  });
});

test('an image that is made has the size of the model', async () => {
  const options = { target: 1, seed: 1, size: 9 };
  const message = 'size must be [8,8], as the model takes images, or left out, got [9,9]';
  await expect(activationMaximization(plainCnn(), options)).rejects.toThrow(`activationMaximization: ${message}`);
  await expect(foolingImage(plainCnn(), options)).rejects.toThrow(`foolingImage: ${message}`);
});
