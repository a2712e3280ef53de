import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { type CamOptions, gradientMap } from './featureMaps';

/**
 * Grad-CAM with weights that count every place where a map speaks for the score, so that several objects of a class are all
 * found, and small ones too.
 *
 *     αₖ_ij = gₖ_ij² / (2 gₖ_ij² + Σ_ab Aₖ_ab · gₖ_ij³),   wₖ = Σ_ij αₖ_ij · ReLU(gₖ_ij),   M = ReLU(Σₖ wₖ Aₖ)
 *
 * with g = ∂ score / ∂ A: the second and third derivatives of exp(score) are its powers, where the network is piecewise
 * linear.
 *
 * Reference: Chattopadhay, Sarkar, Howlader, Balasubramanian, "Grad-CAM++: generalized gradient-based visual explanations
 * for deep convolutional networks", 2018, eq. 10 and 19.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns shape [H, W] or [B, H, W], not normalised; without `resize` of the size of the layer's maps.
 * @throws TypeError or RangeError when image, target or layer do not fit the model; an unknown layer's error lists all names.
 *
 * @example
 * const heat = gradCamPlusPlus(model, image, { target: 3 });
 */
export function gradCamPlusPlus(model: tfl.LayersModel, image: tf.Tensor, options: CamOptions = {}): tf.Tensor {
  return gradientMap('gradCamPlusPlus', model, image, options, (maps, gradient) => {
    const squared = tf.square(gradient);
    const below = tf.add(tf.mul(2, squared), tf.mul(tf.sum(maps, [1, 2], true), tf.mul(squared, gradient)));
    const isZero = tf.equal(below, 0);
    const alpha = tf.where(isZero, tf.zerosLike(below), tf.div(squared, tf.where(isZero, tf.onesLike(below), below)));
    return tf.sum(tf.mul(alpha, tf.relu(gradient)), [1, 2], true);
  });
}
