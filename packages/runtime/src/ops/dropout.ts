import * as tf from '@tensorflow/tfjs-core';
import { bernoulli } from '../random/bernoulli';
import type { Seed } from '../random/seed';
import { defineOp } from '../tfjs/ops/defineOp';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, checkNumber } from './check';
import { elementwise } from './kernels/elementwise';

export interface DropoutOptions {
  /** The share of numbers that become 0, in [0, 1]. */
  rate: number;
  /** Which ones: an integer in [0, 2⁵³), or a seed on the device, which gives others at each step of a capture. */
  seed: Seed;
}

/**
 * Sets numbers to 0 at random and scales the others up, so that the mean stays: `y = x · mask / (1 − rate)`. Two dispatches
 * on WebGPU, one for the gradient. For training only: leave it out otherwise.
 *
 * Reference: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
 *
 * @param x - float32.
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no float32 tensor or the rate is not in [0, 1], RangeError when the seed is bad.
 *
 * @example
 * const y = dropout(x, { rate: 0.1, seed: deriveSeed(7, step) });
 */
export function dropout(x: tf.Tensor, { rate, seed }: DropoutOptions): tf.Tensor {
  checkFloat('dropout', 'x', x);
  checkNumber('dropout', 'rate', rate, { least: 0, most: 1 });
  const keep = 1 - rate;
  return tf.tidy(() => {
    const mask = bernoulli(x.shape, { seed, p: keep });
    return masked({ x, mask }, { scale: keep > 0 ? 1 / keep : 0 }).y;
  });
}

/** `y = x · mask · scale` */
const masked = /* @__PURE__ */ defineOp<'x' | 'mask', 'y', { scale: number }>({
  name: 'dropout',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x, mask }, { scale }) => ({ y: tf.mul(x, tf.mul(mask, scale)) }),
  webgpu: ({ inputs: { x }, attributes: { scale } }) =>
    elementwise(sizeOf(x.shape), {
      each: 'y[i] = x[i] * mask[i] * params.scale;',
      reads: ['x', 'mask'],
      writes: ['y'],
      floats: { scale },
    }),
  grad: {
    saves: ['mask'],
    of: ({ y: dy }, { mask }, attributes) => ({ x: (): tf.Tensor => masked({ x: dy, mask }, attributes).y }),
  },
});
