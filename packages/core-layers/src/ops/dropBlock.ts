import { bernoulli, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkRank, checkShare } from '../check';

export interface DropBlockOptions {
  /** About the share of numbers that become 0, in [0, 1]. */
  rate: number;
  /** Side of the squares that become 0; no more than the image has. */
  blockSize: number;
  /** Which ones: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Sets squares of each channel to 0 at random and scales the rest up, so that the mask's mean is 1:
 * `y = x · mask · count / Σ mask`. A square begins at each place where it fits with probability
 * `γ = rate · HW / (s² (H − s + 1)(W − s + 1))`. For training only.
 *
 * Reference: Ghiasi, Lin, Le, "DropBlock: a regularization method for convolutional networks", 2018.
 *
 * @param x - float32, shape [batch, height, width, channels].
 * @returns a tensor of x's shape.
 * @throws TypeError when shape, rate or block size are bad, RangeError when the seed is.
 *
 * @example
 * const y = dropBlock(x, { rate: 0.1, blockSize: 7, seed });
 */
export function dropBlock(x: tf.Tensor, { rate, blockSize, seed }: DropBlockOptions): tf.Tensor {
  checkRank('dropBlock', 'x', x, 4);
  checkShare('dropBlock', 'rate', rate);
  checkCount('dropBlock', 'blockSize', blockSize);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (x.size === 0) return tf.clone(x);
  const side = Math.min(blockSize, height, width);
  const [down, across] = [height - side + 1, width - side + 1];
  const gamma = Math.min(1, (rate * height * width) / (side * side * down * across));
  return tf.tidy(() => {
    const corners = bernoulli([batch, down, across, channels], { seed, p: gamma }) as tf.Tensor4D;
    const around: [number, number] = [side - 1, side - 1];
    const dropped = tf.maxPool(tf.pad4d(corners, [[0, 0], around, around, [0, 0]]), side, 1, 'valid');
    const mask = tf.sub(1, dropped);
    const kept = tf.maximum(tf.sum(mask), 1);
    return tf.mul(x, tf.mul(mask, tf.div(mask.size, kept)));
  });
}
