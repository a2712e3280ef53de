import type * as tf from '@tensorflow/tfjs-core';
import { defineDraw } from './defineDraw';
import { fillUniform } from './numbers';
import type { Seed } from './seed';

const draw = /* @__PURE__ */ defineDraw<{ low: number; high: number }>({
  name: 'randomUniform',
  fill: (out, key, { low, high }) => fillUniform(out, key, low, high),
  code: () => `
    fn draw(words: vec4<u32>) -> vec4<f32> {
      return params.low + params.width * (vec4<f32>(words >> vec4<u32>(8u)) * ${2 ** -24});
    }`,
  floats: ({ low, high }) => ({ low, width: high - low }),
});

/**
 * Uniform random numbers in [low, high), the same on every backend; on WebGPU they are made there, by one dispatch.
 *
 * Element i of the result is word i of the Philox stream of the seed, as a multiple of 2⁻²⁴. It is the same to the bit
 * where `high − low` is a power of two; elsewhere a GPU rounds `low + (high − low) u` in float32, the host once at the end.
 *
 * @param shape - of the result.
 * @param options.seed - an integer in [0, 2⁵³), or a seed on the device.
 * @returns a float32 tensor of that shape.
 * @throws RangeError when the shape holds something else than non-negative integers, or the seed is bad.
 *
 * Reference: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 *
 * @example
 * const noise = randomUniform([64, 28, 28, 1], { seed: 7 });
 */
export function randomUniform(
  shape: number[],
  { seed, low = 0, high = 1 }: { seed: Seed; low?: number; high?: number },
): tf.Tensor {
  return draw(shape, seed, { low, high });
}
