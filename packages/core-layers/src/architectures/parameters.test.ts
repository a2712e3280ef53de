import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parametersOf, registry } from '../testing/architectures';

/** What is counted: torchvision and papers count weights that are trained, Keras the running statistics, too. */
const published: readonly (readonly [string, object, 'trainable' | 'total', number])[] = [
  ['alexNet', {}, 'trainable', 61_100_840],
  ['alexNet', { variant: 'paper', groups: 1 }, 'trainable', 62_378_344],
  ['alexNet', { variant: 'paper' }, 'trainable', 60_965_224],
  ['zfNet', {}, 'trainable', 62_357_608],
  ['vgg16', {}, 'trainable', 138_357_544],
  ['vgg16', { variant: 'paper' }, 'total', 138_357_544],
  ['vgg19', {}, 'trainable', 143_667_240],
  ['googLeNet', {}, 'trainable', 6_624_904],
  ['googLeNet', { auxiliary: true }, 'trainable', 13_004_888],
  ['googLeNet', { variant: 'paper' }, 'total', 6_998_552],
  ['googLeNet', { variant: 'paper', auxiliary: true }, 'total', 13_378_280],
  ['inceptionV3', {}, 'trainable', 23_834_568],
  ['inceptionV3', { auxiliary: true }, 'trainable', 27_161_264],
  ['inceptionV3', { variant: 'paper' }, 'total', 23_851_784],
  ['resNet18', {}, 'trainable', 11_689_512],
  ['resNet34', {}, 'trainable', 21_797_672],
  ['resNet50', {}, 'trainable', 25_557_032],
  ['resNet50', { variant: 'paper' }, 'trainable', 25_583_592],
  ['resNet50', { variant: 'paper' }, 'total', 25_636_712],
  ['resNet101', {}, 'trainable', 44_549_160],
  ['resNet101', { variant: 'paper' }, 'total', 44_707_176],
  ['resNet152', {}, 'trainable', 60_192_808],
  ['resNet152', { variant: 'paper' }, 'total', 60_419_944],
  ['siamese', {}, 'trainable', 38_951_745],
  ['smallResNet', { inputShape: [32, 32, 3] }, 'trainable', 78_042],
  ['smallResNet', { inputShape: [32, 32, 3], blocks: 3 }, 'trainable', 272_474],
];

describe('parameters as published', () => {
  // Zeros that nobody reads take no memory on this backend.
  beforeAll(() => tf.setBackend('cpu').then(() => undefined));
  afterEach(() => expect(tf.memory().numTensors).toBe(0));

  test.each(published)('%s %o: %s %i', (name, options, counted, expected) => {
    const model = registry[name]?.({ ...options, kernelInitializer: 'zeros' }) as tf.LayersModel;
    expect(parametersOf(model)[counted]).toBe(expected);
    model.dispose();
  });
});
