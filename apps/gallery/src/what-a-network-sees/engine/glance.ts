import {
  cam,
  colorize,
  deconvnet,
  featureMapGrid,
  filterGrid,
  gradCam,
  gradCamPlusPlus,
  guidedBackprop,
  guidedGradCam,
  integratedGradients,
  normalizeImage,
  overlay,
  type RgbaImage,
  saliency,
  toRgba,
} from '@tenonjs/visualization';
import * as tf from '@tensorflow/tfjs-core';
import type { Glance } from '../methods';
import { colourMaps } from './colours';
import { imageOf, type Subject } from './subject';

const sized = (map: tf.Tensor) => colorize(map, { colorMap: colourMaps.size });
const lines = (gradient: tf.Tensor) => normalizeImage(gradient, { symmetric: true });
const over = (image: tf.Tensor, map: tf.Tensor) => overlay(image, map, { colorMap: colourMaps.heat });

/** How each method makes its picture. */
const glances: Readonly<Record<Glance, (image: tf.Tensor3D, subject: Subject) => tf.Tensor>> = {
  saliency: (image, { model, target }) => sized(saliency(model, image, { target })),
  smoothGrad: (image, { model, target, seed }) => sized(saliency(model, image, { target, smoothGrad: { seed } })),
  integratedGradients(image, { model, target }) {
    const shares = integratedGradients(model, image, { target, baseline: 0.5, steps: 24 });
    return colorize(tf.sum(shares, 2), { symmetric: true, colorMap: colourMaps.signs });
  },
  guidedBackprop: (image, { model, target }) => lines(guidedBackprop(model, image, { target })),
  deconvnet: (image, { model, layer, channel }) => lines(deconvnet(model, image, { target: { layer, channel } })),
  cam: (image, { model, target }) => over(image, cam(model, image, { target })),
  gradCam: (image, { model, target, layer }) => over(image, gradCam(model, image, { target, layer })),
  gradCamPlusPlus: (image, { model, target, layer }) => over(image, gradCamPlusPlus(model, image, { target, layer })),
  guidedGradCam: (image, { model, target, layer }) => lines(guidedGradCam(model, image, { target, layer })),
  featureMaps: (image, { model, layer }) => featureMapGrid(model, image, { layer, background: 0.5 }),
  filters: (_, { model }) => filterGrid(model, { scale: 6, gap: 3, background: 0.5 }),
};

/**
 * What a method shows of a subject.
 *
 * @returns bytes; the size is the method's own.
 */
export async function glance(method: Glance, subject: Subject): Promise<RgbaImage> {
  const picture = tf.tidy(() => glances[method](imageOf(subject.pixels), subject));
  try {
    return await toRgba(picture);
  } finally {
    picture.dispose();
  }
}
