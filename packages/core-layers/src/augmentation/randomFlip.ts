import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkShare, complain } from '../check';
import { checkImages } from '../checkInputs';
import { drawMatrices, type Moves } from './affineMatrices';
import { affineTransform } from './affineTransform';

export interface RandomFlipOptions {
  /** `horizontal` (default): left becomes right; `vertical`: top becomes bottom; `both`: each by itself. */
  direction?: 'horizontal' | 'vertical' | 'both';
  /** How probable each is, in [0, 1]. Default ½. */
  probability?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Mirrors some of the images, exactly. Three dispatches on WebGPU, one for the gradient.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or an option is none, RangeError when the seed is bad.
 *
 * @example
 * const y = randomFlip(x, { seed });
 */
export function randomFlip(x: tf.Tensor, options: RandomFlipOptions): tf.Tensor4D {
  const [B] = checkImages('randomFlip', 'x', x);
  const moves = flipOf('randomFlip', options);
  return tf.tidy(() => affineTransform(x, drawMatrices(B, moves, options.seed)));
}

/** The options, checked, as moves. */
export function flipOf(
  caller: string,
  { direction = 'horizontal', probability = 0.5 }: Omit<RandomFlipOptions, 'seed'>,
): Moves {
  if (!['horizontal', 'vertical', 'both'].includes(direction)) {
    complain(caller, 'direction', 'one of horizontal, vertical, both', direction);
  }
  checkShare(caller, 'probability', probability);
  return {
    flipX: direction === 'vertical' ? 0 : probability,
    flipY: direction === 'horizontal' ? 0 : probability,
  };
}
