import { randomNormal, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkImages } from '../checkInputs';

export interface GaussianNoiseOptions {
  /** The standard deviation, ≥ 0. */
  std: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Adds to each number a normal one: `y = x + σ ε`. Two dispatches on WebGPU. Nothing is clipped.
 *
 * @param x - float32, shape [B, H, W, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or std is negative, RangeError when the seed is bad.
 *
 * @example
 * const y = gaussianNoise(x, { std: 0.1, seed });
 */
export function gaussianNoise(x: tf.Tensor, { std, seed }: GaussianNoiseOptions): tf.Tensor4D {
  checkImages('gaussianNoise', 'x', x);
  checkNoise('gaussianNoise', { std });
  return tf.tidy(() => tf.add(x, randomNormal(x.shape, { seed, std })) as tf.Tensor4D);
}

export function checkNoise(caller: string, { std }: Omit<GaussianNoiseOptions, 'seed'>): void {
  if (!(std >= 0 && std < Infinity)) complain(caller, 'std', 'a finite number ≥ 0', std);
}
