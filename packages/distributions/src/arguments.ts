import type * as tf from '@tensorflow/tfjs-core';

/** @throws RangeError when x is not a batch of events. */
export function checkPoints(method: string, x: tf.Tensor, eventShape: number[]): void {
  const [, ...event] = x.shape;
  if (x.rank === 0 || String(event) !== String(eventShape)) {
    const expected = ['batch', ...eventShape].join(', ');
    throw new RangeError(`${method}: x must be [${expected}], got [${x.shape}]; the first axis counts the points`);
  }
}

/** @throws RangeError when n is not the number of something to draw. */
export function checkCount(method: string, name: string, n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${method}: ${name} must be a positive integer, got ${n}`);
}
