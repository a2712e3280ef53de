import type * as tf from '@tensorflow/tfjs-core';
import { defineDraw } from './defineDraw';
import { philox } from './philox';
import type { Seed } from './seed';

/** A word w gives 1 when its upper 24 bits are below this: u = ⌊w / 2⁸⌋ 2⁻²⁴ < p, on whole numbers. */
type Law = { threshold: number };

const draw = /* @__PURE__ */ defineDraw<Law>({
  name: 'bernoulli',
  fill(out, key, { threshold }) {
    const words = new Uint32Array(4);
    for (const i of out.keys()) {
      if (i % 4 === 0) philox(i / 4, key, words);
      out[i] = (words[i % 4] as number) >>> 8 < threshold ? 1 : 0;
    }
  },
  code: () => `
    fn draw(words: vec4<u32>) -> vec4<f32> {
      return select(vec4<f32>(0.0), vec4<f32>(1.0), (words >> vec4<u32>(8u)) < vec4<u32>(params.threshold));
    }`,
  integers: ({ threshold }) => ({ threshold }),
});

/**
 * Ones with probability p, else zeros: a mask, the same to the bit on every backend; on WebGPU one dispatch.
 *
 * `xᵢ = 1 when uᵢ < p`, with uᵢ the numbers that `randomUniform` gives for the seed.
 *
 * @param shape - of the result.
 * @param options.seed - an integer in [0, 2⁵³), or a seed on the device.
 * @param options.p - the probability of a one, in [0, 1].
 * @returns a float32 tensor of that shape.
 * @throws RangeError when p is not in [0, 1], the shape holds something else than non-negative integers, or the seed is bad.
 *
 * @example
 * const kept = bernoulli([64, 128], { seed: 7, p: 0.9 });
 */
export function bernoulli(shape: number[], { seed, p }: { seed: Seed; p: number }): tf.Tensor {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`bernoulli: p must be in [0, 1], got ${p}`);
  return draw(shape, seed, { threshold: Math.ceil(p * 2 ** 24) });
}
