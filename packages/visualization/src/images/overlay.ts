import * as tf from '@tensorflow/tfjs-core';
import { checkNumber, checkRank, complain } from '../check';
import { type ColorizeOptions, colorize } from './colorize';
import { sharesOf } from './shares';

export interface OverlayOptions extends ColorizeOptions {
  /** How much of the colours is seen: 0 none, 1 nothing else. Default: 0.5. */
  alpha?: number;
}

/**
 * A map in colours over its image. A map of another size is enlarged to the image's.
 *
 * @param image - shape [H, W, 1 or 3] or [B, H, W, 1 or 3], numbers in [0, 1], or bytes as int32.
 * @param map - shape [h, w], or [B, h, w] for a batch.
 * @returns shape [H, W, 3] or [B, H, W, 3], numbers in [0, 1].
 * @throws TypeError when shapes do not fit each other.
 *
 * @example
 * const picture = overlay(image, gradCam(model, image), { colorMap: 'turbo' });
 */
export function overlay(image: tf.Tensor, map: tf.Tensor, { alpha = 0.5, ...colours }: OverlayOptions = {}): tf.Tensor {
  checkRank('overlay', 'image', image, { 3: '[H, W, C]', 4: '[B, H, W, C]' });
  checkNumber('overlay', 'alpha', alpha, { least: 0, most: 1 });
  const channels = image.shape.at(-1) as number;
  if (channels !== 1 && channels !== 3) complain('overlay', 'image', 'of 1 or 3 channels', `[${image.shape}]`);
  if (map.rank !== image.rank - 1 || (image.rank === 4 && map.shape[0] !== image.shape[0])) {
    complain('overlay', 'map', `a map for each of the images [${image.shape}]`, `[${map.shape}]`);
  }
  return tf.tidy(() => {
    const size = image.shape.slice(-3, -1) as [number, number];
    const large = tf.image.resizeBilinear(tf.expandDims(map, -1) as tf.Tensor4D, size, false, true);
    const heat = colorize(tf.squeeze(large, [-1]), colours);
    return tf.clipByValue(tf.add(tf.mul(sharesOf(image), 1 - alpha), tf.mul(heat, alpha)), 0, 1);
  });
}
