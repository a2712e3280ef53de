import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkFinite, complain } from '../check';
import { checkImages, checkPair } from '../checkInputs';
import { drawMatrices } from './affineMatrices';
import { affineTransform } from './affineTransform';

export interface RandomCropOptions {
  /** Height and width of what is cut out, or one number for both. */
  size: number | readonly [number, number];
  /** Rows and columns put around each image first, or one number for both. Default 0. */
  padding?: number | readonly [number, number];
  /** What they hold. Default 0. */
  fill?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Cuts out of each image, padded, a piece at a place of its own, exactly; torchvision's `RandomCrop`. Three dispatches on
 * WebGPU, one for the gradient.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns shape [B, ...size, C].
 * @throws TypeError when x is no such tensor or the piece does not fit, RangeError when the seed is bad.
 *
 * @example
 * const y = randomCrop(x, { size: 32, padding: 4, seed }); // as CIFAR is trained on
 */
export function randomCrop(x: tf.Tensor, { seed, ...options }: RandomCropOptions): tf.Tensor4D {
  const [B, H, W] = checkImages('randomCrop', 'x', x);
  const { size, fill, room } = cropOf('randomCrop', options);
  const [down, right] = room([H, W]);
  // Image moved so that the piece's middle comes to lie in the result's.
  const moves = { right: [-right, 0], down: [-down, 0], shift: [right / 2, down / 2] } as const;
  return tf.tidy(() => affineTransform(x, drawMatrices(B, moves, seed), { size, fill }));
}

/** The options, checked, and how many places the piece can have in an image of some size, but one, down and across. */
export function cropOf(caller: string, { size, padding = 0, fill = 0 }: Omit<RandomCropOptions, 'seed'>) {
  const [h, w] = checkPair(caller, 'size', size);
  const [rows, columns] = checkPair(caller, 'padding', padding, 0);
  checkFinite(caller, 'fill', fill);
  const room = ([H, W]: readonly [number, number]): [number, number] => {
    const padded = [H + 2 * rows, W + 2 * columns] as const;
    if (h > padded[0] || w > padded[1]) complain(caller, 'size', `at most the padded size of x, [${padded}]`, [h, w]);
    return [padded[0] - h, padded[1] - w];
  };
  return { size: [h, w] as [number, number], fill, room };
}
