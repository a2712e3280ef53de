import type * as tf from '@tensorflow/tfjs-core';
import { defineDraw } from './defineDraw';
import { upperQuantile, upperQuantileCode, upperTail } from './normalQuantile';
import { philox } from './philox';
import type { Seed } from './seed';
import { logCode, rootCode } from './wgsl/functions';

interface Law {
  mean: number;
  std: number;
  /** The bounds, in standard deviations from the mean. */
  from: number;
  to: number;
}

/** Φ(a), 1 − Φ(b) and Φ(b) − Φ(a): the last as a difference of small numbers, where both bounds are on one side. */
function tails({ from, to }: Law): { below: number; above: number; width: number } {
  const [below, above] = [upperTail(-from), upperTail(to)];
  if (from > 0) return { below, above, width: upperTail(from) - above };
  if (to < 0) return { below, above, width: upperTail(-to) - below };
  return { below, above, width: 1 - below - above };
}

const draw = /* @__PURE__ */ defineDraw<Law>({
  name: 'truncatedNormal',
  fill(out, key, law) {
    const { mean, std, from, to } = law;
    const { below, above, width } = tails(law);
    const words = new Uint32Array(4);
    for (const i of out.keys()) {
      if (i % 4 === 0) philox(i / 4, key, words);
      const u = (((words[i % 4] as number) >>> 8) + 0.5) * 2 ** -24;
      const p = below + width * u;
      const z = p <= 0.5 ? -upperQuantile(p) : upperQuantile(Math.min(0.5, above + width * (1 - u)));
      out[i] = mean + std * Math.min(to, Math.max(from, z));
    }
  },
  code: () => `${logCode()}${rootCode()}${upperQuantileCode()}
    fn truncated(word: u32) -> f32 {
      let k = word >> 8u;
      let p = params.below + params.width * ((f32(k) + 0.5) * ${2 ** -24});
      if (p <= 0.5) { return -upperQuantile(p); }
      return upperQuantile(min(0.5, params.above + params.width * ((f32(0xffffffu - k) + 0.5) * ${2 ** -24})));
    }
    fn draw(words: vec4<u32>) -> vec4<f32> {
      let z = vec4<f32>(truncated(words.x), truncated(words.y), truncated(words.z), truncated(words.w));
      return params.mean + params.scale * clamp(z, vec4<f32>(params.low), vec4<f32>(params.high));
    }`,
  floats: (law) => ({ mean: law.mean, scale: law.std, low: law.from, high: law.to, ...tails(law) }),
});

/**
 * Normal random numbers of which those outside [low, high] do not occur, as weights are started with; on WebGPU one dispatch.
 *
 * The inverse of the distribution function, one word a number: `x = μ + σ Φ⁻¹(Φ(a) + (Φ(b) − Φ(a)) u)`, a and b the bounds in
 * standard deviations. Each number is counted from the nearer tail, so that bounds far out cost no precision.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 1, 1994, §10.1.
 *
 * @param shape - of the result.
 * @param options.seed - an integer in [0, 2⁵³), or a seed on the device.
 * @param options.mean - μ of the normal law that is cut.
 * @param options.std - σ of the normal law that is cut, positive.
 * @param options.low - default: two standard deviations below the mean.
 * @param options.high - default: two standard deviations above the mean.
 * @returns a float32 tensor of that shape.
 * @throws RangeError when std is not positive, low is not below high, the bounds lie further than 12 standard deviations on
 *   one side of the mean, the shape holds something else than non-negative integers, or the seed is bad.
 *
 * @example
 * const kernel = truncatedNormal([64, 10], { seed: 7, std: Math.sqrt(1 / 64) });
 */
export function truncatedNormal(
  shape: number[],
  {
    seed,
    mean = 0,
    std = 1,
    low = mean - 2 * std,
    high = mean + 2 * std,
  }: { seed: Seed; mean?: number; std?: number; low?: number; high?: number },
): tf.Tensor {
  if (!(std > 0)) throw new RangeError(`truncatedNormal: std must be positive, got ${std}`);
  const [from, to] = [(low - mean) / std, (high - mean) / std];
  if (!(from < to)) throw new RangeError(`truncatedNormal: low must be below high, got ${low} and ${high}`);
  if (from > FURTHEST || to < -FURTHEST) {
    throw new RangeError(
      `truncatedNormal: bounds must reach within ${FURTHEST} standard deviations of the mean, got ${low} and ${high}`,
    );
  }
  return draw(shape, seed, { mean, std, from: Math.max(from, -FURTHEST), to: Math.min(to, FURTHEST) });
}

/** Further out a normal number has a probability that float32 can hardly hold, and of 24 bits none comes there. */
const FURTHEST = 12;
