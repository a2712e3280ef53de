import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import type { HostCall } from '../tfjs/ops/hostKernel';
import { overwrite } from '../tfjs/ops/overwrite';
import { derivedKey, derivedKeyCode } from './deriveSeed';
import { neededKey } from './hostKey';
import { type PhiloxKey, philoxKey } from './philox';
import type { DeviceSeed } from './seed';

/** The seeds of one step after another, counted on the device. */
export interface SeedSequence {
  /** The seed of this step, `deriveSeed(seed, position)`, its tensor the caller's; the position goes up by one. */
  next(): DeviceSeed;
  /**
   * Goes on from another position, for a run that is resumed.
   *
   * @throws RangeError when the position is not an integer in [0, 2⁵³).
   */
  seek(position: number): void;
  dispose(): void;
}

/**
 * One seed after another: the k-th is that of `deriveSeed(seed, k)`. The position lives on the device and goes up there, in
 * the dispatch that makes the seed, so that each replay of a captured step draws anew, and as an eager step would.
 *
 * @param options.seed - the run's, an integer in [0, 2⁵³).
 * @param options.position - k of the first seed.
 * @throws RangeError when seed or position is no such integer.
 *
 * @example
 * const seeds = seedSequence({ seed: 7 });
 * const noise = tf.tidy(() => randomNormal([64, 2], { seed: seeds.next() }));
 */
export function seedSequence({ seed, position = 0 }: { seed: number; position?: number }): SeedSequence {
  const key = philoxKey('seedSequence', seed);
  const at = wordsOf(position);
  const counter = tf.tidy(() => tf.variable(tf.tensor1d(at, 'int32'), false));
  return {
    next: () => ({ key: advance({ counter }, { key }).derived as tf.Tensor1D }),
    seek: (to) => overwrite(counter, wordsOf(to)),
    dispose: () => counter.dispose(),
  };
}

function wordsOf(position: number): Int32Array {
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new RangeError(`seedSequence: position must be an integer in [0, 2^53), got ${position}`);
  }
  return Int32Array.from(philoxKey('seedSequence', position));
}

const advanceOnHost = ({ inputs: { counter }, outputs, attributes }: HostCall<'counter', 'derived', Fixed>) => {
  const position = ((counter[0] as number) >>> 0) + (counter[1] as number) * 2 ** 32;
  outputs.derived.set(derivedKey(attributes.key, [position]));
  counter.set([(position + 1) | 0, (position + 1) / 2 ** 32]);
};

type Fixed = { key: PhiloxKey };

const advance = /* @__PURE__ */ defineOp<'counter', 'derived', Fixed>({
  name: 'runtime/seedSequence',
  writes: ['counter'],
  outputs: () => ({ derived: { shape: [2], dtype: 'int32' } }),
  compose: () => neededKey('seedSequence', undefined) as never,
  cpu: advanceOnHost,
  wasm: advanceOnHost,
  webgpu: ({ attributes: { key } }) => ({
    code: `${derivedKeyCode()}
      @compute @workgroup_size(1)
      fn main() {
        let position = vec2<u32>(bitcast<u32>(counter[0]), bitcast<u32>(counter[1]));
        let key = derivedKey(vec2<u32>(params.keyLow, params.keyHigh), position);
        derived[0] = bitcast<i32>(key.x);
        derived[1] = bitcast<i32>(key.y);
        counter[0] = bitcast<i32>(position.x + 1u);
        if (position.x == 0xffffffffu) { counter[1] = bitcast<i32>(position.y + 1u); }
      }`,
    reads: [],
    writes: ['counter', 'derived'],
    groups: 1,
    integers: { keyLow: key[0], keyHigh: key[1] },
  }),
});
