import type * as tf from '@tensorflow/tfjs-core';

/** @throws TypeError `caller: argument must be …, got …`. */
export function complain(caller: string, argument: string, must: string, got: unknown): never {
  throw new TypeError(
    `${caller}: ${argument} must be ${must}, got ${typeof got === 'string' ? got : JSON.stringify(got)}`,
  );
}

/** A finite number, not below `least` and not above `most`. */
export function checkNumber(
  caller: string,
  argument: string,
  value: number,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = {},
): void {
  if (Number.isFinite(value) && value >= least && value <= most) return;
  const bounds = [least > -Infinity && `at least ${least}`, most < Infinity && `at most ${most}`].filter(Boolean);
  complain(caller, argument, ['a finite number', ...bounds].join(', '), String(value));
}

/** An integer, not below `least`. */
export function checkInteger(caller: string, argument: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    complain(caller, argument, `an integer, at least ${least}`, String(value));
  }
}

/** Two finite numbers, the first below the second. */
export function checkRange(caller: string, argument: string, [low, high]: readonly [number, number]): void {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high) {
    complain(caller, argument, '[low, high] with low < high', [low, high]);
  }
}

/** One number for both sides, or two: integers, not below `least`. */
export function checkPair(
  caller: string,
  argument: string,
  value: number | readonly [number, number],
  least: number,
): [number, number] {
  const pair: [number, number] = typeof value === 'number' ? [value, value] : [...value];
  if (pair.length !== 2) complain(caller, argument, 'one number or two', value);
  for (const each of pair) checkInteger(caller, argument, each, least);
  return pair;
}

/** A tensor of one of these ranks. */
export function checkRank(caller: string, argument: string, tensor: tf.Tensor, shapes: Record<number, string>): void {
  if (tensor.rank in shapes) return;
  complain(caller, argument, `of shape ${Object.values(shapes).join(' or ')}`, `[${tensor.shape.join(', ')}]`);
}
