import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkInteger, checkNumber } from '../check';

export interface SmoothGradOptions {
  /** An integer in [0, 2⁵³). */
  seed: number;
  /** How many noisy copies. Default: 25. */
  samples?: number;
  /** The noise's standard deviation, as a part of the image's range from its least to its largest number. Default: 0.15. */
  noise?: number;
}

/**
 * The mean of any attribution over noisy copies of the image.
 *
 *     M(x) = 1/n Σ attribute(x + σ · (max x − min x) · εᵢ),   εᵢ ~ N(0, 1)
 *
 * Reference: Smilkov, Thorat, Kim, Viégas, Wattenberg, "SmoothGrad: removing noise by adding noise", 2017.
 *
 * @param attribute - image → a tensor, for example `(x) => guidedBackprop(model, x, { target: 3 })`.
 * @param image - shape [H, W, C] or [B, H, W, C]; each image of a batch has a range of its own.
 * @returns what `attribute` gives, averaged.
 * @throws TypeError when samples or noise are out of range.
 *
 * @example
 * const map = smoothGrad((x) => guidedBackprop(model, x), image, { seed: 1 });
 */
export function smoothGrad(
  attribute: (image: tf.Tensor) => tf.Tensor,
  image: tf.Tensor,
  { seed, samples = 25, noise = 0.15 }: SmoothGradOptions,
): tf.Tensor {
  checkInteger('smoothGrad', 'samples', samples, 1);
  checkNumber('smoothGrad', 'noise', noise, { least: 0 });
  return tf.tidy(() => {
    const axes = [-3, -2, -1];
    const spread = tf.mul(noise, tf.sub(tf.max(image, axes, true), tf.min(image, axes, true)));
    let sum: tf.Tensor = tf.scalar(0);
    for (let i = 0; i < samples; i++) {
      const last = sum;
      sum = tf.tidy(() => {
        const copy = tf.add(image, tf.mul(spread, randomNormal(image.shape, { seed: deriveSeed(seed, i) })));
        return tf.add(last, attribute(copy));
      });
      last.dispose();
    }
    return tf.div(sum, samples);
  });
}
