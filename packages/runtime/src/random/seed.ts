import * as tf from '@tensorflow/tfjs-core';
import { type PhiloxKey, philoxKey } from './philox';

/**
 * A seed whose numbers live on the device, so that a captured step draws anew at each replay. It stands for the same
 * stream as the number with the same key.
 */
export type DeviceSeed = {
  /** The key of Philox: its lower and its upper 32 bits, int32 of shape [2]. */
  readonly key: tf.Tensor1D;
};

/** What every random function is seeded by: an integer in [0, 2⁵³), or one that lives on the device. */
export type Seed = number | DeviceSeed;

/**
 * A number as a seed on the device. The tensor is the caller's to dispose: `tf.dispose` takes the seed as it is.
 *
 * @param seed - an integer in [0, 2⁵³).
 * @throws RangeError when the seed is no such integer.
 *
 * @example
 * const noise = randomNormal([64, 2], { seed: deviceSeed(7) }); // the numbers of seed 7
 */
export function deviceSeed(seed: number): DeviceSeed {
  return { key: tf.tensor1d(Int32Array.from(philoxKey('deviceSeed', seed)), 'int32') };
}

/** Where an op finds its key: in a tensor, or among its attributes. */
export interface KeySource {
  inputs: { seed?: tf.Tensor };
  key?: PhiloxKey;
}

/**
 * The key of a seed, on the host or on the device.
 *
 * @throws RangeError when a number is not an integer in [0, 2⁵³); TypeError when a key is not int32 of shape [2].
 */
export function keySourceOf(caller: string, seed: Seed): KeySource {
  if (!isDeviceSeed(seed)) return { inputs: {}, key: philoxKey(caller, seed) };
  const { key } = seed;
  if (key.dtype !== 'int32' || key.shape.length !== 1 || key.size !== 2) {
    throw new TypeError(
      `${caller}: seed must have a key of int32 and shape [2], got ${key.dtype} of shape [${key.shape}]; deviceSeed makes one`,
    );
  }
  return { inputs: { seed: key } };
}

export const isDeviceSeed = (seed: Seed): seed is DeviceSeed => typeof seed === 'object' && seed !== null;
