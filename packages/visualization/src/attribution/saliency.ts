import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { subjectOf } from '../model/subject';
import type { TargetOptions } from '../model/target';
import { inputGradient } from './inputGradient';
import { type SmoothGradOptions, smoothGrad } from './smoothGrad';

export interface SaliencyOptions extends TargetOptions {
  /** Average the gradient over noisy copies of the image. */
  smoothGrad?: SmoothGradOptions;
  /** Give the gradient itself, of each channel and with its sign. Default: false. */
  signed?: boolean;
}

/**
 * Which pixels the score depends on most: the gradient's absolute value, the largest of the channels.
 *
 *     S = max_c |∂ score / ∂ x_c|
 *
 * Reference: Simonyan, Vedaldi, Zisserman, "Deep inside convolutional networks: visualising image classification models
 * and saliency maps", 2014, §3.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @returns shape [H, W] or [B, H, W]; with `signed` that of the image.
 * @throws TypeError or RangeError when image or target do not fit the model.
 *
 * @example
 * const map = saliency(model, image, { target: 3, smoothGrad: { seed: 1 } });
 */
export function saliency(model: tfl.LayersModel, image: tf.Tensor, options: SaliencyOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    const subject = subjectOf('saliency', model, image, options);
    const gradientAt = (batch: tf.Tensor) => inputGradient(subject, batch);
    const gradient = options.smoothGrad
      ? smoothGrad(gradientAt, subject.batch, options.smoothGrad)
      : gradientAt(subject.batch);
    return subject.unbatch(options.signed ? gradient : tf.max(tf.abs(gradient), 3));
  });
}
