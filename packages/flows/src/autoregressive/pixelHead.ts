import type { Seed } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';

/** What the numbers that a network makes for a place say of its pixel. */
export interface PixelHead {
  readonly name: string;
  /** How many numbers a pixel takes. */
  readonly outputs: number;
  /** The channels that are drawn one after the other, each seen by the network before the next; 1 for all at once. */
  readonly groups: number;
  /** The biases of the numbers before training: [outputs]. */
  start(): tf.Tensor1D;
  /**
   * The log-probability of each pixel: [N].
   *
   * @param numbers - [N, outputs]
   * @param levels - [N, C], whole.
   */
  logProb(numbers: tf.Tensor2D, levels: tf.Tensor2D): tf.Tensor1D;
  /**
   * Draws a channel of each pixel, or all of them where `groups` is 1.
   *
   * @param pixels - what is known of them, [N, C] levels.
   * @returns the same with what was drawn.
   */
  draw(numbers: tf.Tensor2D, pixels: tf.Tensor2D, channel: number, seed: Seed): tf.Tensor2D;
}
