import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { walk } from './createRandom';
import { hostKey, neededKey } from './hostKey';
import { type PhiloxKey, philoxKey } from './philox';
import { type DeviceSeed, isDeviceSeed, keySourceOf, type Seed } from './seed';
import { philoxCode } from './wgsl/philox';
import { streamKey } from './wgsl/streamKey';

/** One invocation makes a permutation, exchange by exchange: more would keep a GPU from everything else. */
const MOST_ON_GPU = 2 ** 16;

/**
 * The numbers 0 … n − 1 in random order, each order equally likely.
 *
 * Reference: Durstenfeld, "Algorithm 235: random permutation", 1964 (Fisher–Yates).
 *
 * @param n - how many; with a seed on the device at most 65,536.
 * @param options.seed - an integer in [0, 2⁵³), or a seed on the device.
 * @returns the numbers on the host; for a seed on the device, the same numbers on the device: int32 of shape [n].
 * @throws RangeError when n is not a non-negative integer or too large, or the seed is bad.
 *
 * @example
 * const order = permutation(60_000, { seed: 7 });
 */
export function permutation(n: number, options: { seed: number }): Uint32Array;
export function permutation(n: number, options: { seed: DeviceSeed }): tf.Tensor1D;
export function permutation(n: number, { seed }: { seed: Seed }): Uint32Array | tf.Tensor1D {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`permutation: n must be a non-negative integer, got ${n}`);
  if (!isDeviceSeed(seed)) return shuffled(new Uint32Array(n), philoxKey('permutation', seed));
  if (n > MOST_ON_GPU) {
    throw new RangeError(
      `permutation: n must be at most ${MOST_ON_GPU} for a seed on the device, got ${n}; permute on the host by a number`,
    );
  }
  return shuffle(keySourceOf('permutation', seed).inputs, { n }).order as tf.Tensor1D;
}

/** Fills an array with the permutation of its positions that belongs to a key. */
function shuffled<T extends Uint32Array | Int32Array>(order: T, key: PhiloxKey): T {
  const random = walk(key);
  for (const i of order.keys()) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const moved = order[i] as number;
    order[i] = order[j] as number;
    order[j] = moved;
  }
  return order;
}

const shuffleOnHost = ({ inputs, outputs }: HostCall<'seed', 'order', { n: number }>) => {
  shuffled(outputs.order as Int32Array, hostKey(inputs.seed, undefined));
};

const shuffle = /* @__PURE__ */ defineOp<'seed', 'order', { n: number }>({
  name: 'runtime/permutation',
  outputs: (_, { n }) => ({ order: { shape: [n], dtype: 'int32' } }),
  compose: (_, { n }) => {
    if (n > 0) neededKey('permutation', undefined);
    return { order: tf.tensor1d([], 'int32') };
  },
  cpu: shuffleOnHost,
  wasm: shuffleOnHost,
  webgpu: ({ attributes: { n } }) => {
    const { code, reads } = streamKey(undefined);
    return {
      code: `${philoxCode()}${code}
        var<private> drawn: vec4<u32>;
        var<private> used = 0u;

        fn word() -> u32 {
          if (used % 4u == 0u) { drawn = philox(vec2<u32>(used / 4u, 0u), streamKey()); }
          used++;
          return drawn[(used - 1u) % 4u];
        }

        // In [0, bound): words beyond the last whole multiple of the bound are drawn again.
        fn integer(bound: u32) -> u32 {
          let excess = (0u - bound) % bound; // 2³² mod bound
          var w = word();
          while (excess > 0u && w >= 0u - excess) { w = word(); }
          return w % bound;
        }

        @compute @workgroup_size(1)
        fn main() {
          for (var i = 0u; i < params.n; i++) { order[i] = i32(i); }
          for (var i = params.n; i > 1u; i--) {
            let j = integer(i);
            let moved = order[i - 1u];
            order[i - 1u] = order[j];
            order[j] = moved;
          }
        }`,
      reads,
      writes: ['order'],
      groups: Math.min(n, 1),
      integers: { n },
    };
  },
});
