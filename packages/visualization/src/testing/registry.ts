import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { deconvnet } from '../attribution/deconvnet';
import { guidedBackprop } from '../attribution/guidedBackprop';
import { integratedGradients } from '../attribution/integratedGradients';
import { occlusionSensitivity } from '../attribution/occlusionSensitivity';
import { saliency } from '../attribution/saliency';
import { cam } from '../cam/cam';
import { gradCam } from '../cam/gradCam';
import { gradCamPlusPlus } from '../cam/gradCamPlusPlus';
import { guidedGradCam } from '../cam/guidedGradCam';
import { featureMapGrid } from '../grids/featureMapGrid';
import { filterGrid } from '../grids/filterGrid';
import { activationMaximization } from '../synthesis/activationMaximization';
import { deepDream } from '../synthesis/deepDream';
import { foolingImage } from '../synthesis/foolingImage';
import type { Asked, Registered } from './registered';

const map = { map: [8, 8] };
const image = { image: [8, 8, 2] };

/** A method of one tensor. */
const attribution = (
  method: (model: LayersModel, image: tf.Tensor, options: Asked) => tf.Tensor,
  shapes: Registered['shapes'],
  more: Partial<Registered> = {},
): Registered => ({
  run: (model, x, asked) => ({ [Object.keys(shapes)[0] as string]: method(model, x, asked) }),
  shapes,
  ...more,
});

const evolution = (encoding: 'direct' | 'indirect'): Registered => ({
  run: async (model, _, { target = 1, ...asked }) => ({
    image: await foolingImage(model, {
      ...asked,
      target: Array.isArray(target) ? (target[0] as number) : target,
      encoding,
      generations: 4,
      population: 8,
      until: 2,
    }),
  }),
  shapes: image,
  takesImage: false,
  seeded: true,
  steps: 4,
  tolerance: 1e-3,
});

/** Every method is listed once, and meets every check of the contract suite on every backend. */
export const registry: Readonly<Record<string, Registered>> = {
  saliency: attribution(saliency, map),
  'saliency with SmoothGrad': attribution(
    (model, x, asked) => saliency(model, x, { ...asked, smoothGrad: { seed: asked.seed, samples: 3 } }),
    map,
    { seeded: true, single: true },
  ),
  integratedGradients: attribution(
    (model, x, asked) => integratedGradients(model, x, { ...asked, steps: 6, baseline: 0.5 }),
    image,
  ),
  guidedBackprop: attribution(guidedBackprop, image),
  deconvnet: attribution(deconvnet, image),
  gradCam: attribution(gradCam, map, { takesLayer: true }),
  gradCamPlusPlus: attribution(gradCamPlusPlus, map, { takesLayer: true }),
  guidedGradCam: attribution(guidedGradCam, image, { takesLayer: true }),
  cam: attribution(
    (model, x, { target }) =>
      cam(model, x, typeof target === 'object' && 'layer' in target ? {} : { ...(target !== undefined && { target }) }),
    map,
  ),
  occlusionSensitivity: {
    run: async (model, x, asked) => ({
      ...(await occlusionSensitivity(model, x, { ...asked, window: 4, stride: 3, batchSize: 4 })),
    }),
    shapes: { score: [3, 3], featureMap: [3, 3], label: [3, 3], attribution: [8, 8] },
    takesLayer: true,
    steps: 9,
  },
  activationMaximization: {
    run: async (model, x, { target = 1, ...asked }) => ({
      image: await activationMaximization(model, {
        ...asked,
        target,
        image: x,
        steps: 4,
        blur: { sigma: 0.5, every: 2 },
        clipByNorm: 0.1,
        clipByContribution: 0.1,
      }),
    }),
    shapes: image,
    seeded: true,
    steps: 4,
    tolerance: 1e-3,
  },
  deepDream: {
    run: async (model, x, { layer = 'conv2', ...asked }) => ({
      image: await deepDream(model, x, { ...asked, layers: [layer], octaves: 1, steps: 3, jitter: 2 }),
    }),
    shapes: image,
    takesTarget: false,
    takesLayer: true,
    seeded: true,
    steps: 3,
    tolerance: 1e-3,
  },
  'foolingImage, direct': evolution('direct'),
  'foolingImage, indirect': evolution('indirect'),
  filterGrid: attribution(
    (model, _, { layer }) => filterGrid(model, { layer: layer ?? 'conv1', scale: 2 }),
    { image: [27, 13, 1] },
    {
      takesImage: false,
      takesTarget: false,
      takesLayer: true,
    },
  ),
  featureMapGrid: attribution(
    (model, x, { layer }) => featureMapGrid(model, x, { layer: layer ?? 'conv2' }),
    { image: [9, 14, 1] },
    { single: true, takesTarget: false, takesLayer: true },
  ),
};
