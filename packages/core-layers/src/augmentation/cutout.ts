import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkFinite, checkShare } from '../check';
import { checkImages, checkPair } from '../checkInputs';
import { boxesAround, maskOf, wholeOf } from './boxes';

export interface CutoutOptions {
  /** Height and width of the piece, or one number for both. */
  size: number | readonly [number, number];
  /** What it then holds. Default 0. */
  fill?: number;
  /** How probable it is for each image, in [0, 1]. Default 1. */
  probability?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Blanks a square of each image about a place of its own, which may lie at the edge, so that less is blanked.
 *
 * Reference: DeVries, Taylor, "Improved regularization of convolutional neural networks with cutout", 2017.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or an option is out of range, RangeError when the seed is bad.
 *
 * @example
 * const y = cutout(x, { size: 16, seed });
 */
export function cutout(x: tf.Tensor, { seed, ...options }: CutoutOptions): tf.Tensor4D {
  const [B, H, W] = checkImages('cutout', 'x', x);
  const { height, width, fill, probability } = cutoutOf('cutout', options);
  return tf.tidy(() => {
    const [row, column, chance] = tf.split(randomUniform([B, 3], { seed }), 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const boxes = boxesAround(wholeOf(row, H), wholeOf(column, W), height, width, [H, W]);
    return blanked(x, maskOf(boxes, [H, W]), chance, probability, fill);
  });
}

/** The options, checked. */
export function cutoutOf(caller: string, { size, fill = 0, probability = 1 }: Omit<CutoutOptions, 'seed'>) {
  const [height, width] = checkPair(caller, 'size', size);
  checkFinite(caller, 'fill', fill);
  checkShare(caller, 'probability', probability);
  return { height, width, fill, probability };
}

/** `x` outside of the boxes of the images whose chance is below the probability, else the fill. */
export function blanked(
  x: tf.Tensor,
  mask: tf.Tensor,
  chance: tf.Tensor,
  probability: number,
  fill: number,
): tf.Tensor4D {
  const chosen = tf.reshape(tf.cast(tf.less(chance, probability), 'float32'), [-1, 1, 1, 1]);
  const blank = tf.mul(mask, chosen);
  return tf.add(tf.mul(x, tf.sub(1, blank)), tf.mul(blank, fill)) as tf.Tensor4D;
}
