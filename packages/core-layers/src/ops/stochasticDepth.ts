import { bernoulli, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkShare } from '../check';

export interface StochasticDepthOptions {
  /** How likely a row is to become 0, in [0, 1]. */
  rate: number;
  /** Which ones: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
  /** Whether each row of the batch is drawn for by itself (default), or all of them together. */
  mode?: 'row' | 'batch';
}

/**
 * Leaves a residual branch out at random: whole rows become 0, the others are scaled up, `y = x · mask / (1 − rate)`. For
 * training only.
 *
 * Reference: Huang et al., "Deep networks with stochastic depth", 2016.
 *
 * @param x - float32, the first dimension the batch.
 * @returns a tensor of x's shape.
 * @throws TypeError when the rate is not in [0, 1], RangeError when the seed is bad.
 *
 * @example
 * const y = tf.add(shortcut, stochasticDepth(branch, { rate: 0.1, seed }));
 */
export function stochasticDepth(x: tf.Tensor, { rate, seed, mode = 'row' }: StochasticDepthOptions): tf.Tensor {
  checkShare('stochasticDepth', 'rate', rate);
  return tf.tidy(() => {
    const rows = mode === 'row' ? (x.shape[0] as number) : 1;
    const mask = bernoulli([rows, ...x.shape.slice(1).map(() => 1)], { seed, p: 1 - rate });
    return tf.mul(x, tf.mul(mask, rate < 1 ? 1 / (1 - rate) : 0));
  });
}
