import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { gatedPixelCnn, type PixelCnnOptions, pixelCnn } from '../models';
import type { PixelCnn } from '../pixelCnn';

/** A model as the contract sees it: small enough that all of its images can be gone through. */
export interface RegisteredModel {
  build(options: PixelCnnOptions): PixelCnn;
  options: Omit<PixelCnnOptions, 'seed'>;
  /** Its contract takes minutes on a software adapter: there its values are compared with those of cpu, in costly.slow.test.ts. */
  costly?: boolean;
}

const small = { filters: 6, layers: 1, firstKernelSize: 3 };

/** Every kind of model, every output and every order is listed once, and meets every check of the contract. */
export const registry: Record<string, RegisteredModel> = {
  pixelCnn: { build: pixelCnn, options: { ...small, shape: [2, 2, 1], levels: 3 } },
  'pixelCnn, a mixture of logistics': {
    build: pixelCnn,
    options: { ...small, shape: [2, 2, 1], levels: 3, output: 'logisticMixture', components: 2, layers: 2 },
  },
  'pixelCnn of colours': { build: pixelCnn, options: { ...small, shape: [1, 2, 3], levels: 2, firstKernelSize: 5 } },
  'pixelCnn with a context': {
    build: pixelCnn,
    options: { ...small, shape: [2, 2, 1], levels: 2, context: 2, from: 'bottom' },
    costly: true,
  },
  gatedPixelCnn: { build: gatedPixelCnn, options: { ...small, shape: [2, 3, 1], levels: 2, layers: 2 } },
  'gatedPixelCnn, a mixture of logistics of colours': {
    build: gatedPixelCnn,
    options: { ...small, shape: [2, 2, 3], levels: 2, output: 'logisticMixture', components: 3 },
    costly: true,
  },
  'gatedPixelCnn of colours': {
    build: gatedPixelCnn,
    options: { ...small, shape: [2, 1, 3], levels: 2, places: true, hidden: 9 },
  },
  'gatedPixelCnn with a context, from the right': {
    build: gatedPixelCnn,
    options: { ...small, shape: [3, 2, 1], levels: 2, context: 3, from: 'right', places: true, kernelSize: 5 },
    costly: true,
  },
  'gatedPixelCnn from the left': {
    build: gatedPixelCnn,
    options: { ...small, shape: [2, 2, 1], levels: 3, output: 'logisticMixture', from: 'left' },
    costly: true,
  },
};

/** A model of an entry, all its variables moved away from where they start. */
export function perturbed({ build, options }: RegisteredModel, seed = 1, std = 0.5): PixelCnn {
  const model = build({ ...options, seed });
  tf.tidy(() => {
    model.trainableVariables.forEach((variable, i) => {
      variable.assign(tf.add(variable, randomNormal(variable.shape, { seed: deriveSeed(seed, i), std })));
    });
  });
  return model;
}

/** The context of an entry: one row for all images. */
export const contextOf = ({ options: { context = 0 } }: RegisteredModel): { context?: tf.Tensor } =>
  context > 0 ? { context: tf.tensor2d([Array.from({ length: context }, (_, i) => 0.9 - i)]) } : {};

/** All images of so many levels, [levels^(H W C), H, W, C]. */
export function allImages([H, W, C]: readonly [number, number, number], levels: number): tf.Tensor4D {
  const size = H * W * C;
  const count = levels ** size;
  const numbers = Array.from({ length: count * size }, (_, i) => {
    const [image, place] = [Math.floor(i / size), i % size];
    return Math.floor(image / levels ** place) % levels;
  });
  return tf.tensor4d(numbers, [count, H, W, C], 'int32');
}
