import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkFinite, complain } from '../check';
import { checkImages, checkRange } from '../checkInputs';
import { drawMatrices, type Range } from './affineMatrices';
import { affineTransform } from './affineTransform';

export interface RandomAffineOptions {
  /** Clockwise rotation: within ± so many degrees, or from one to another. */
  degrees: number | Range;
  /** At most so much of the width to the right or left, and of the height up or down, each in [0, 1]. Default none. */
  translate?: readonly [number, number];
  /** From one to another, > 0. Default [1, 1]. */
  scale?: Range;
  /** Along x: within ± so many degrees, or from one to another; with four numbers along y too. Default none. */
  shear?: number | Range | readonly [number, number, number, number];
  /** What lies around the images. Default 0. */
  fill?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/** Within ± a number, or a range as it is. */
export function symmetric(caller: string, argument: string, value: number | readonly number[]): Range {
  const range = typeof value === 'number' ? [-value, value] : value;
  return checkRange(caller, argument, range as Range);
}

/**
 * Rotates, moves, scales and shears each image about its middle by an amount of its own, as torchvision's `RandomAffine`;
 * numbers in between are interpolated, moves are whole places. Three dispatches on WebGPU, one for the gradient.
 *
 * Where an edge is interpolated with a `fill` that is not 0, torchvision takes the image's share twice.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or an option is out of range, RangeError when the seed is bad.
 *
 * @example
 * const y = randomAffine(x, { degrees: 15, translate: [0.1, 0.1], scale: [0.9, 1.1], seed });
 */
export function randomAffine(x: tf.Tensor, { seed, ...options }: RandomAffineOptions): tf.Tensor4D {
  const [B, H, W] = checkImages('randomAffine', 'x', x);
  const { translate, fill, ...moves } = affineOf('randomAffine', options);
  const [right, down] = [translate[0] * W, translate[1] * H].map(Math.round) as [number, number];
  const all = { ...moves, right: [-right, right], down: [-down, down] } as const;
  return tf.tidy(() => affineTransform(x, drawMatrices(B, all, seed), { fill }));
}

/** The options, checked, as moves; those that depend on the image's size as they are. */
export function affineOf(caller: string, options: Omit<RandomAffineOptions, 'seed'>) {
  const { degrees, translate = [0, 0], scale = [1, 1], shear = 0, fill = 0 } = options;
  if (!(Array.isArray(translate) && translate.length === 2 && translate.every((share) => share >= 0 && share <= 1)))
    complain(caller, 'translate', 'two numbers in [0, 1]', translate);
  if (!(checkRange(caller, 'scale', scale)[0] > 0)) complain(caller, 'scale', 'two numbers > 0', scale);
  const both = typeof shear !== 'number' && shear.length === 4;
  const shearX = symmetric(caller, 'shear', both ? shear.slice(0, 2) : shear);
  const shearY = both ? symmetric(caller, 'shear', shear.slice(2)) : ([0, 0] as const);
  for (const end of [...shearX, ...shearY])
    if (Math.abs(end) >= 90) complain(caller, 'shear', 'below 90 degrees', shear);
  checkFinite(caller, 'fill', fill);
  return { angle: symmetric(caller, 'degrees', degrees), scale, shearX, shearY, translate, fill };
}
