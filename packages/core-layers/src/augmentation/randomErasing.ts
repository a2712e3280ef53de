import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkFinite, checkShare, complain } from '../check';
import { checkImages, checkRange } from '../checkInputs';
import type { Range } from './affineMatrices';
import { maskOf, wholeOf } from './boxes';
import { blanked } from './cutout';

export interface RandomErasingOptions {
  /** How probable it is for each image, in [0, 1]. Default ½. */
  probability?: number;
  /** Of the share of the image that is erased. Default [0.02, 0.33]. */
  scale?: Range;
  /** Of height to width, drawn evenly on a logarithmic scale. Default [0.3, 3.3]. */
  ratio?: Range;
  /** What the box then holds. Default 0. */
  fill?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/** So many boxes are drawn for an image; the first that fits is erased, and none when none does, as in torchvision. */
const TRIES = 10;

/**
 * Blanks a box of each chosen image, of a size, shape and place of its own, wholly inside; torchvision's `RandomErasing`.
 *
 * Reference: Zhong, Zheng, Kang, Li, Yang, "Random erasing data augmentation", 2020.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or an option is out of range, RangeError when the seed is bad.
 *
 * @example
 * const y = randomErasing(x, { probability: 0.25, seed });
 */
export function randomErasing(x: tf.Tensor, options: RandomErasingOptions): tf.Tensor4D {
  const [B, H, W] = checkImages('randomErasing', 'x', x);
  const {
    area: [least, most],
    logRatio: [low, high],
    fill,
    probability,
  } = erasingOf('randomErasing', options);
  return tf.tidy(() => {
    const draws = randomUniform([B, 2 * TRIES + 3], { seed: options.seed });
    const part = (from: number, count: number) => tf.slice(draws, [0, from], [B, count]);
    const area = tf.mul(H * W, tf.add(least, tf.mul(part(0, TRIES), most - least))); // [B, tries]
    const aspect = tf.exp(tf.add(low, tf.mul(part(TRIES, TRIES), high - low)));
    const heights = tf.round(tf.sqrt(tf.mul(area, aspect)));
    const widths = tf.round(tf.sqrt(tf.div(area, aspect)));
    const fits = tf.cast(tf.logicalAnd(tf.less(heights, H), tf.less(widths, W)), 'float32');
    const first = tf.mul(fits, tf.cast(tf.equal(tf.cumsum(fits, 1), 1), 'float32')); // one of them, or none
    const [height, width] = [heights, widths].map((sizes) => tf.sum(tf.mul(sizes, first), 1, true)) as [
      tf.Tensor,
      tf.Tensor,
    ];
    const top = wholeOf(part(2 * TRIES, 1), tf.sub(H + 1, height));
    const left = wholeOf(part(2 * TRIES + 1, 1), tf.sub(W + 1, width));
    const boxes = { top, bottom: tf.add(top, height), left, right: tf.add(left, width) };
    return blanked(x, maskOf(boxes, [H, W]), part(2 * TRIES + 2, 1), probability, fill);
  });
}

/** The options, checked. */
export function erasingOf(caller: string, options: Omit<RandomErasingOptions, 'seed'>) {
  const { probability = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], fill = 0 } = options;
  checkShare(caller, 'probability', probability);
  const area = checkRange(caller, 'scale', scale);
  if (area[0] < 0 || area[1] > 1) complain(caller, 'scale', 'within [0, 1]', scale);
  if (!(checkRange(caller, 'ratio', ratio)[0] > 0)) complain(caller, 'ratio', 'two numbers > 0', ratio);
  checkFinite(caller, 'fill', fill);
  return { area, logRatio: ratio.map(Math.log) as [number, number], fill, probability };
}
