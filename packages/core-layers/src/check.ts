import type * as tf from '@tensorflow/tfjs-core';

/** What was given, as it is written: JSON has no NaN. */
const shown = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(shown)}]`;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : `${JSON.stringify(value)}`;
};

/** Throws `caller: argument must be …, got …`. */
export const complain = (caller: string, argument: string, must: string, got: unknown): never => {
  throw new TypeError(`${caller}: ${argument} must be ${must}, got ${shown(got)}`);
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

/** A number that is one. */
export function checkFinite(caller: string, argument: string, value: number): void {
  if (!Number.isFinite(value)) complain(caller, argument, 'a finite number', value);
}

/** A number in [0, 1]. */
export function checkShare(caller: string, argument: string, value: number): void {
  if (!(value >= 0 && value <= 1)) complain(caller, argument, 'a number in [0, 1]', String(value));
}
