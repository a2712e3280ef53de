import * as tf from '@tensorflow/tfjs-core';

/** The number of numbers in one event. */
export const sizeOf = (event: readonly number[]): number => event.reduce((product, size) => product * size, 1);

/**
 * Checks that points are [batch, ...event].
 *
 * @throws RangeError that names the caller, otherwise.
 */
export function checkPoints(caller: string, points: tf.Tensor, event: readonly number[]): void {
  if (points.rank !== event.length + 1 || event.some((size, i) => points.shape[i + 1] !== size)) {
    throw new RangeError(
      `${caller}: points must be [${['batch', ...event].join(', ')}], got [${points.shape.join(', ')}]`,
    );
  }
}

/**
 * Checks that an option is a positive integer.
 *
 * @throws RangeError that names the caller and the option, otherwise.
 */
export function checkPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${caller}: ${name} must be a positive integer, got ${value}`);
  }
}

/** The sum over everything but the batch: [batch, ...event] → [batch]. */
export function sumEvent(x: tf.Tensor): tf.Tensor1D {
  return tf.sum(tf.reshape(x, [x.shape[0] as number, -1]), 1);
}

/** The same number for every point: [batch]. */
export const constantPerPoint = (points: tf.Tensor, value: number): tf.Tensor1D =>
  tf.fill([points.shape[0] as number], value);

/** One number for each number of an event, added up and given to every point: [...event] → [batch]. */
export function totalPerPoint(points: tf.Tensor, perNumber: tf.Tensor): tf.Tensor1D {
  const total = tf.sum(tf.reshape(perNumber, [1, -1]), 1); // [1]
  return tf.tile(total, [points.shape[0] as number]) as tf.Tensor1D;
}

/** The sum of tensors of one shape, two by two: `tf.addN` of more than seven fails on WebGPU, which binds them all at once. */
export const sumOf = <T extends tf.Tensor>(tensors: readonly T[]): T =>
  tensors.reduce((sum, each) => tf.add(sum, each) as T);
