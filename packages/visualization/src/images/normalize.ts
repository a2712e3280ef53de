import * as tf from '@tensorflow/tfjs-core';
import { checkRank } from '../check';

export interface NormalizeOptions {
  /** 0 becomes ½, and the number farthest from it 0 or 1: for maps with signs. Default: false. */
  symmetric?: boolean;
}

/**
 * Maps from 0 at the least number to 1 at the largest, each by itself. A map that is the same everywhere becomes 0, and ½ if
 * symmetric.
 *
 *     (x − min) / (max − min),   or ½ + x / (2 max |x|)
 *
 * @param map - shape [H, W] or [B, H, W].
 * @throws TypeError when it is of another shape.
 *
 * @example
 * const signed = normalizeMap(tf.sum(integratedGradients(model, image), -1), { symmetric: true });
 */
export function normalizeMap(map: tf.Tensor, options: NormalizeOptions = {}): tf.Tensor {
  checkRank('normalizeMap', 'map', map, { 2: '[H, W]', 3: '[B, H, W]' });
  return scaled(map, [-2, -1], options);
}

/**
 * Images from 0 at the least number to 1 at the largest, each by itself, all channels alike.
 *
 * @param image - shape [H, W, C] or [B, H, W, C].
 * @throws TypeError when it is of another shape.
 *
 * @example
 * const shown = normalizeImage(guidedBackprop(model, image), { symmetric: true });
 */
export function normalizeImage(image: tf.Tensor, options: NormalizeOptions = {}): tf.Tensor {
  checkRank('normalizeImage', 'image', image, { 3: '[H, W, C]', 4: '[B, H, W, C]' });
  return scaled(image, [-3, -2, -1], options);
}

function scaled(x: tf.Tensor, axes: number[], { symmetric = false }: NormalizeOptions): tf.Tensor {
  return tf.tidy(() => {
    const numbers = tf.cast(x, 'float32');
    const top = symmetric ? tf.max(tf.abs(numbers), axes, true) : tf.max(numbers, axes, true);
    const bottom = symmetric ? tf.neg(top) : tf.min(numbers, axes, true);
    const width = tf.sub(top, bottom);
    const isFlat = tf.equal(width, 0);
    const part = tf.div(tf.sub(numbers, bottom), tf.where(isFlat, tf.onesLike(width), width));
    return symmetric ? tf.add(part, tf.mul(0.5, tf.cast(isFlat, 'float32'))) : part;
  });
}
