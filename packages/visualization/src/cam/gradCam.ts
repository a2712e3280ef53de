import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type CamOptions, gradientMap } from './featureMaps';

/**
 * Where a network looks for a class: the maps of its last convolution, each weighed by its mean gradient.
 *
 *     αₖ = mean_ij ∂ score / ∂ Aₖ_ij,   M = ReLU(Σₖ αₖ Aₖ)
 *
 * Reference: Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra, "Grad-CAM: visual explanations from deep networks via
 * gradient-based localization", 2017, §3.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns shape [H, W] or [B, H, W], not normalised; without `resize` of the size of the layer's maps.
 * @throws TypeError or RangeError when image, target or layer do not fit the model; an unknown layer's error lists all names.
 *
 * @example
 * const heat = gradCam(model, image, { target: 3, layer: 'conv5' });
 */
export function gradCam(model: tfl.LayersModel, image: tf.Tensor, options: CamOptions = {}): tf.Tensor {
  return gradientMap('gradCam', model, image, options, meanGradient);
}

/** αₖ, [B, 1, 1, C]. */
export const meanGradient = (_: tf.Tensor, gradient: tf.Tensor): tf.Tensor => tf.mean(gradient, [1, 2], true);
