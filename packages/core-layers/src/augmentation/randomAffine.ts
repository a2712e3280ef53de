import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
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
export function randomAffine(x: tf.Tensor, options: RandomAffineOptions): tf.Tensor4D {
  const caller = 'randomAffine';
  const [B, H, W] = checkImages(caller, 'x', x);
  const { degrees, translate = [0, 0], scale = [1, 1], shear = 0, fill = 0, seed } = options;
  const [most, least] = [Math.max(...translate), Math.min(...translate)];
  if (translate.length !== 2 || !(least >= 0 && most <= 1))
    complain(caller, 'translate', 'two numbers in [0, 1]', translate);
  if (!(checkRange(caller, 'scale', scale)[0] > 0)) complain(caller, 'scale', 'two numbers > 0', scale);
  const both = typeof shear !== 'number' && shear.length === 4;
  const shearX = symmetric(caller, 'shear', both ? shear.slice(0, 2) : shear);
  const shearY = both ? symmetric(caller, 'shear', shear.slice(2)) : ([0, 0] as const);
  for (const end of [...shearX, ...shearY])
    if (Math.abs(end) >= 90) complain(caller, 'shear', 'below 90 degrees', shear);
  const [right, down] = [translate[0] * W, translate[1] * H].map(Math.round) as [number, number];
  const moves = {
    angle: symmetric(caller, 'degrees', degrees),
    right: [-right, right],
    down: [-down, down],
    scale,
    shearX,
    shearY,
  } as const;
  return tf.tidy(() => affineTransform(x, drawMatrices(B, moves, seed), { fill }));
}
