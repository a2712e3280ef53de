import type { Seed } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';
import { checkFinite } from '../check';
import { checkImages } from '../checkInputs';
import type { Range } from './affineMatrices';
import { randomAffine, symmetric } from './randomAffine';

export interface RandomRotationOptions {
  /** Counter-clockwise, as torchvision: within ± so many degrees, or from one to another. */
  degrees: number | Range;
  /** What lies around the images. Default 0. */
  fill?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Turns each image about its middle by an angle of its own, as torchvision's `RandomRotation` with bilinear interpolation.
 * Three dispatches on WebGPU, one for the gradient.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or an option is out of range, RangeError when the seed is bad.
 *
 * @example
 * const y = randomRotation(x, { degrees: 10, seed });
 */
export function randomRotation(x: tf.Tensor, { seed, ...options }: RandomRotationOptions): tf.Tensor4D {
  checkImages('randomRotation', 'x', x);
  return randomAffine(x, { ...rotationOf('randomRotation', options), seed });
}

/** The options, checked, as those of {@link randomAffine}, which turns clockwise. */
export function rotationOf(caller: string, { degrees, fill = 0 }: Omit<RandomRotationOptions, 'seed'>) {
  const [low, high] = symmetric(caller, 'degrees', degrees);
  checkFinite(caller, 'fill', fill);
  return { degrees: [-high, -low], fill } as const;
}
