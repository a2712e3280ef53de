import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { colorJitter } from '../augmentation/colorJitter';
import { cutmix } from '../augmentation/cutmix';
import { cutout } from '../augmentation/cutout';
import { gaussianNoise } from '../augmentation/gaussianNoise';
import * as layers from '../augmentation/layers';
import { mixup } from '../augmentation/mixup';
import { randomAffine } from '../augmentation/randomAffine';
import { randomCrop } from '../augmentation/randomCrop';
import { randomErasing } from '../augmentation/randomErasing';
import { randomFlip } from '../augmentation/randomFlip';
import { randomRotation } from '../augmentation/randomRotation';
import type { RandomLayer } from '../layers/randomLayer';

/** An augmentation: as an op of strength, of none at all, and as a layer. */
export interface AugmentationEntry {
  run(x: tf.Tensor, seed: Seed): tf.Tensor;
  /** With options that leave images as they are. */
  idle?: (x: tf.Tensor, seed: Seed) => tf.Tensor;
  layer?: (seed?: number) => RandomLayer<object>;
}

const labels = (B: number) => tf.cast(tf.oneHot(tf.range(0, B, 1, 'int32'), Math.max(B, 2)), 'float32');
const seeded = (seed?: number) => (seed === undefined ? {} : { seed });

/** Every augmentation: listed once, it gets all the checks. */
export const augmentationRegistry: Record<string, AugmentationEntry> = {
  randomFlip: {
    run: (x, seed) => randomFlip(x, { direction: 'both', seed }),
    idle: (x, seed) => randomFlip(x, { direction: 'both', probability: 0, seed }),
    layer: (seed) => new layers.RandomFlip({ direction: 'both', ...seeded(seed) }),
  },
  randomCrop: {
    run: (x, seed) => randomCrop(x, { size: [4, 5], padding: 2, fill: 0.25, seed }),
    idle: (x, seed) => randomCrop(x, { size: x.shape.slice(1, 3) as [number, number], seed }),
    layer: (seed) => new layers.RandomCrop({ size: [4, 5], padding: 2, fill: 0.25, ...seeded(seed) }),
  },
  randomRotation: {
    run: (x, seed) => randomRotation(x, { degrees: 180, seed }),
    idle: (x, seed) => randomRotation(x, { degrees: 0, seed }),
    layer: (seed) => new layers.RandomRotation({ degrees: 180, ...seeded(seed) }),
  },
  randomAffine: {
    run: (x, seed) => randomAffine(x, { degrees: 40, translate: [0.3, 0.3], scale: [0.6, 1.6], shear: 20, seed }),
    idle: (x, seed) => randomAffine(x, { degrees: 0, seed }),
    layer: (seed) =>
      new layers.RandomAffine({ degrees: 40, translate: [0.3, 0.3], scale: [0.6, 1.6], shear: 20, ...seeded(seed) }),
  },
  colorJitter: {
    run: (x, seed) => colorJitter(x, { brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.3, seed }),
    idle: (x, seed) => colorJitter(x, { seed }),
    layer: (seed) =>
      new layers.ColorJitter({ brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.3, ...seeded(seed) }),
  },
  gaussianNoise: {
    run: (x, seed) => gaussianNoise(x, { std: 0.1, seed }),
    idle: (x, seed) => gaussianNoise(x, { std: 0, seed }),
    layer: (seed) => new layers.GaussianNoise({ std: 0.1, ...seeded(seed) }),
  },
  cutout: {
    run: (x, seed) => cutout(x, { size: 3, fill: 0.25, seed }),
    idle: (x, seed) => cutout(x, { size: 3, probability: 0, seed }),
    layer: (seed) => new layers.Cutout({ size: 3, fill: 0.25, ...seeded(seed) }),
  },
  randomErasing: {
    run: (x, seed) => randomErasing(x, { probability: 1, seed }),
    idle: (x, seed) => randomErasing(x, { probability: 0, seed }),
    layer: (seed) => new layers.RandomErasing({ probability: 1, ...seeded(seed) }),
  },
  mixup: {
    run: (x, seed) => mixup(x, labels(x.shape[0] as number), { alpha: 0.8, seed }).x,
  },
  cutmix: {
    run: (x, seed) => cutmix(x, labels(x.shape[0] as number), { seed }).x,
  },
};
