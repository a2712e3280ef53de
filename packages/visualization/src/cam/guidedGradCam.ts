import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { guidedBackprop } from '../attribution/guidedBackprop';
import { type CamOptions, gradientMap } from './featureMaps';
import { meanGradient } from './gradCam';

/**
 * The lines of guided backpropagation, where Grad-CAM says that they matter for the score: their product.
 *
 * Reference: Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based localization", 2017, §3.2.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns of the image's shape, with signs.
 * @throws TypeError or RangeError when image, target or layer do not fit the model.
 *
 * @example
 * const lines = guidedGradCam(model, image, { target: 3 });
 */
export function guidedGradCam(
  model: tfl.LayersModel,
  image: tf.Tensor,
  options: Omit<CamOptions, 'relu' | 'resize'> = {},
): tf.Tensor {
  return tf.tidy(() => {
    const where = gradientMap('guidedGradCam', model, image, { ...options, relu: true, resize: true }, meanGradient);
    return tf.mul(guidedBackprop(model, image, options), tf.expandDims(where, -1));
  });
}
