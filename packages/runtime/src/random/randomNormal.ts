import type * as tf from '@tensorflow/tfjs-core';
import { defineDraw } from './defineDraw';
import { fillNormal } from './numbers';
import type { Seed } from './seed';
import { normalsCode } from './wgsl/normals';

const draw = /* @__PURE__ */ defineDraw<{ mean: number; std: number }>({
  name: 'randomNormal',
  fill: (out, key, { mean, std }) => fillNormal(out, key, mean, std),
  code: () => `${normalsCode()}
    fn draw(words: vec4<u32>) -> vec4<f32> {
      return params.mean + params.scale * vec4<f32>(normals(words.x, words.y), normals(words.z, words.w));
    }`,
  floats: ({ mean, std }) => ({ mean, scale: std }),
});

/**
 * Normal random numbers, the same on every backend; on WebGPU they are made there, by one dispatch, and are the host's to
 * 2·10⁻⁶ standard deviations.
 *
 * Two words of the Philox stream make two numbers: `√(−2 ln u₁) · (cos 2πu₂, sin 2πu₂)`.
 *
 * @param shape - of the result.
 * @param options.seed - an integer in [0, 2⁵³), or a seed on the device.
 * @param options.std - standard deviation.
 * @returns a float32 tensor of that shape.
 * @throws RangeError when the shape holds something else than non-negative integers, or the seed is bad.
 *
 * Reference: Box, Muller, "A note on the generation of random normal deviates", 1958.
 *
 * @example
 * const z = randomNormal([64, 2], { seed: 7 });
 */
export function randomNormal(
  shape: number[],
  { seed, mean = 0, std = 1 }: { seed: Seed; mean?: number; std?: number },
): tf.Tensor {
  return draw(shape, seed, { mean, std });
}
