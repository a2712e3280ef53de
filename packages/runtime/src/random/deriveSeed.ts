import type * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { hostKey, neededKey } from './hostKey';
import { type PhiloxKey, philox, philoxKey } from './philox';
import { type DeviceSeed, isDeviceSeed, keySourceOf, type Seed } from './seed';
import { philoxCode } from './wgsl/philox';

/**
 * A seed of its own for a part of a larger run: for a layer, an epoch, a step. Different indices give independent
 * streams, where `seed + 1` would give the neighbour's. A seed on the device gives one on the device, by one dispatch,
 * with the key that the number would give.
 *
 * @param seed - the run's seed, an integer in [0, 2⁵³), or one on the device.
 * @param indices - which part: integers in [0, 2⁵³), for example the epoch and the step.
 * @returns an integer in [0, 2⁵³); or a seed on the device, whose tensor is the caller's.
 * @throws RangeError when the seed or an index is no such integer.
 *
 * @example
 * const noise = randomNormal([64, 2], { seed: deriveSeed(7, epoch, step) });
 */
export function deriveSeed(seed: number, ...indices: number[]): number;
export function deriveSeed(seed: DeviceSeed, ...indices: number[]): DeviceSeed;
export function deriveSeed(seed: Seed, ...indices: number[]): Seed;
export function deriveSeed(seed: Seed, ...indices: number[]): Seed {
  for (const index of indices) {
    if (!Number.isSafeInteger(index) || index < 0) {
      throw new RangeError(`deriveSeed: indices must be integers in [0, 2^53), got ${index}`);
    }
  }
  if (isDeviceSeed(seed))
    return { key: derive(keySourceOf('deriveSeed', seed).inputs, { indices }).key as tf.Tensor1D };
  if (indices.length === 0) return seed;
  const [low, high] = derivedKey(philoxKey('deriveSeed', seed), indices);
  return high * 2 ** 32 + low;
}

/** The key of the seed derived from a key's: 53 bits, those of words that `randomUniform` does not show first. */
export function derivedKey(key: PhiloxKey, indices: readonly number[]): PhiloxKey {
  const words = new Uint32Array(4);
  return indices.reduce<PhiloxKey>((derived, index) => {
    philox(index, derived, words);
    return [words[3] as number, (words[2] as number) >>> 11];
  }, key);
}

/** `derivedKey` in WGSL, of one index in two words. */
export const derivedKeyCode = (): string => `${philoxCode()}
fn derivedKey(key: vec2<u32>, index: vec2<u32>) -> vec2<u32> {
  let words = philox(index, key);
  return vec2<u32>(words.w, words.z >> 11u);
}
`;

const deriveOnHost = ({ inputs, outputs, attributes }: HostCall<'seed', 'key', { indices: number[] }>) => {
  outputs.key.set(derivedKey(hostKey(inputs.seed, undefined), attributes.indices));
};

const derive = /* @__PURE__ */ defineOp<'seed', 'key', { indices: number[] }>({
  name: 'runtime/deriveSeed',
  outputs: () => ({ key: { shape: [2], dtype: 'int32' } }),
  compose: () => neededKey('deriveSeed', undefined) as never,
  cpu: deriveOnHost,
  wasm: deriveOnHost,
  webgpu: ({ attributes: { indices } }) => ({
    code: `${derivedKeyCode()}
      @compute @workgroup_size(1)
      fn main() {
        var derived = vec2<u32>(bitcast<u32>(seed[0]), bitcast<u32>(seed[1]));
        ${indices.map((_, i) => `derived = derivedKey(derived, vec2<u32>(params.low${i}, params.high${i}));`).join('\n')}
        key[0] = bitcast<i32>(derived.x);
        key[1] = bitcast<i32>(derived.y);
      }`,
    reads: ['seed'],
    writes: ['key'],
    groups: 1,
    integers: Object.fromEntries(
      indices.flatMap((index, i) => {
        const [low, high] = philoxKey('deriveSeed', index);
        return [
          [`low${i}`, low],
          [`high${i}`, high],
        ];
      }),
    ),
  }),
});
