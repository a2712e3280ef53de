import * as tf from '@tensorflow/tfjs-core';
import { fillNormal, fillUniform } from './numbers';
import { philoxKey } from './philox';

/**
 * Uniform random numbers in [low, high), the same on every backend.
 *
 * Element i of the result is word i of the Philox stream of the seed, as a multiple of 2⁻²⁴.
 *
 * @param shape - of the result.
 * @param options.seed - an integer in [0, 2⁵³).
 * @returns a float32 tensor of that shape.
 * @throws RangeError when the shape holds something else than non-negative integers, or the seed is bad.
 *
 * @example
 * const noise = randomUniform([64, 28, 28, 1], { seed: 7 });
 */
export function randomUniform(
  shape: number[],
  { seed, low = 0, high = 1 }: { seed: number; low?: number; high?: number },
): tf.Tensor {
  const values = emptyFor('randomUniform', shape);
  fillUniform(values, philoxKey('randomUniform', seed), low, high);
  return tf.tensor(values, shape, 'float32');
}

/**
 * Normal random numbers, the same on every backend.
 *
 * @param shape - of the result.
 * @param options.seed - an integer in [0, 2⁵³).
 * @param options.std - standard deviation.
 * @returns a float32 tensor of that shape.
 * @throws RangeError when the shape holds something else than non-negative integers, or the seed is bad.
 *
 * @example
 * const z = randomNormal([64, 2], { seed: 7 });
 */
export function randomNormal(
  shape: number[],
  { seed, mean = 0, std = 1 }: { seed: number; mean?: number; std?: number },
): tf.Tensor {
  const values = emptyFor('randomNormal', shape);
  fillNormal(values, philoxKey('randomNormal', seed), mean, std);
  return tf.tensor(values, shape, 'float32');
}

function emptyFor(caller: string, shape: number[]): Float32Array {
  if (!shape.every((size) => Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`${caller}: shape must be non-negative integers, got [${shape}]`);
  }
  return new Float32Array(shape.reduce((product, size) => product * size, 1));
}
