import type * as tf from '@tensorflow/tfjs-core';

/** Shapes and values at the edge of an op: each throws `op: argument must be …, got …`. */
export const complain = (op: string, argument: string, must: string, got: unknown): never => {
  throw new TypeError(`${op}: ${argument} must be ${must}, got ${typeof got === 'string' ? got : JSON.stringify(got)}`);
};

const describe = ({ dtype, shape }: tf.Tensor) => `${dtype} of shape [${shape}]`;

/** A float32 tensor of at least so many dimensions. */
export function checkFloat(op: string, argument: string, tensor: tf.Tensor, rank = 0): void {
  if (tensor.dtype === 'float32' && tensor.rank >= rank) return;
  complain(op, argument, `float32${rank > 0 ? ` of ${rank} dimensions or more` : ''}`, describe(tensor));
}

/** A float32 tensor of just this shape; undefined is fine. */
export function checkShape(
  op: string,
  argument: string,
  tensor: tf.Tensor | undefined,
  shape: readonly number[],
): void {
  if (tensor === undefined) return;
  if (tensor.dtype === 'float32' && tensor.shape.join() === shape.join()) return;
  complain(op, argument, `float32 of shape [${shape}]`, describe(tensor));
}

/** An int32 tensor. */
export function checkInteger(op: string, argument: string, tensor: tf.Tensor): void {
  if (tensor.dtype !== 'int32') complain(op, argument, 'int32', describe(tensor));
}

/** One of a list of names. */
export function checkName(op: string, argument: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) complain(op, argument, `one of ${names.join(', ')}`, name);
}

/** A finite number, not below `least` and not above `most`. */
export function checkNumber(
  op: string,
  argument: string,
  value: number,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = {},
): void {
  if (Number.isFinite(value) && value >= least && value <= most) return;
  const range = [least > -Infinity ? `≥ ${least}` : '', most < Infinity ? `≤ ${most}` : '']
    .filter(Boolean)
    .join(' and ');
  complain(op, argument, `a finite number${range && ` ${range}`}`, String(value));
}
