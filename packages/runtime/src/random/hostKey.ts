import * as tf from '@tensorflow/tfjs-core';
import type { Numbers } from '../tfjs/ops/heap';
import type { PhiloxKey } from './philox';

/** The key inside a kernel of the host: from the input `seed` where there is one, which lies in the host's memory. */
export function hostKey(seed: Numbers | undefined, key: PhiloxKey | undefined): PhiloxKey {
  if (seed === undefined) return key as PhiloxKey;
  return [(seed[0] as number) >>> 0, (seed[1] as number) >>> 0];
}

/** @throws Error where an op cannot see the numbers of a seed on the device: on tfjs's older backends. */
export function neededKey(caller: string, key: PhiloxKey | undefined): PhiloxKey {
  if (key !== undefined) return key;
  throw new Error(
    `${caller}: the backend must be webgpu, wasm or cpu for a seed on the device, got ${tf.getBackend()}; use a number`,
  );
}
