import type * as tf from '@tensorflow/tfjs-core';

/** What was given, as it is written: JSON has no NaN. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown)}]`;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : `${JSON.stringify(value)}`;
}

/** @throws TypeError `caller: argument must be …, got …`. */
export function complain(caller: string, argument: string, must: string, got: unknown): never {
  throw new TypeError(`${caller}: ${argument} must be ${must}, got ${shown(got)}`);
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

/** One of some names. */
export function checkName(caller: string, argument: string, value: string, names: readonly string[]): void {
  if (!names.includes(value)) complain(caller, argument, `one of ${names.join(', ')}`, value);
}

/** An integer, not below `least`. */
export function checkInteger(caller: string, argument: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    complain(caller, argument, `an integer, at least ${least}`, String(value));
  }
}

/** Two finite numbers, the first below the second. */
export function checkRange(caller: string, argument: string, range: readonly [number, number]): void {
  if (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1]) return;
  complain(caller, argument, '[low, high] with low < high', range);
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
