import type * as tf from '@tensorflow/tfjs-core';

/**
 * Divides the numbers of an event into those a coupling keeps and those it changes, and puts them together again.
 * Nothing is multiplied by zero: what is kept is not even seen by the map, so its derivatives are exact zeros.
 */
export interface Mask {
  /** The shape E of an event. */
  readonly event: readonly number[];
  /** How many numbers of an event are kept, and how many changed. */
  readonly kept: number;
  readonly changed: number;
  /** [batch, ...E] → [batch, kept] and [batch, changed]. */
  split(points: tf.Tensor): [kept: tf.Tensor2D, changed: tf.Tensor2D];
  /** What `split` divided: [batch, kept] and [batch, changed] → [batch, ...E]. */
  merge(kept: tf.Tensor2D, changed: tf.Tensor2D): tf.Tensor;
}

export interface MaskOptions {
  /** Exchange the two parts: keep what would be changed. */
  swap?: boolean;
}

/** A division into two parts, of which `swap` says which one is kept. */
export function maskOf(
  event: readonly number[],
  sizes: readonly [number, number],
  divide: (points: tf.Tensor) => [tf.Tensor2D, tf.Tensor2D],
  unite: (first: tf.Tensor2D, second: tf.Tensor2D) => tf.Tensor,
  { swap = false }: MaskOptions = {},
): Mask {
  const [first, second] = sizes;
  return swap
    ? {
        event,
        kept: second,
        changed: first,
        split(points) {
          const [a, b] = divide(points);
          return [b, a];
        },
        merge: (kept, changed) => unite(changed, kept),
      }
    : { event, kept: first, changed: second, split: divide, merge: unite };
}
