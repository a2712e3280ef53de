import type * as tf from '@tensorflow/tfjs-core';

/** Throws `caller: argument must be …, got …`. */
export const complain = (caller: string, argument: string, must: string, got: unknown): never => {
  throw new TypeError(
    `${caller}: ${argument} must be ${must}, got ${typeof got === 'string' ? got : JSON.stringify(got)}`,
  );
};

/** A float32 tensor of so many dimensions. */
export function checkRank(caller: string, argument: string, tensor: tf.Tensor, rank: number): void {
  if (tensor.dtype === 'float32' && tensor.rank === rank) return;
  complain(caller, argument, `float32 of ${rank} dimensions`, `${tensor.dtype} of shape [${tensor.shape}]`);
}

/** An integer that is not below `least`. */
export function checkCount(caller: string, argument: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least) complain(caller, argument, `an integer ≥ ${least}`, String(value));
}

/** A number in [0, 1]. */
export function checkShare(caller: string, argument: string, value: number): void {
  if (!(value >= 0 && value <= 1)) complain(caller, argument, 'a number in [0, 1]', String(value));
}
