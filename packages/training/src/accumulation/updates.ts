import { defineOp, type HostKernel, type Op } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Elementwise } from '../elementwise/elementwise';

/** s ← s + g / n, from 0 in the first batch of n: the mean of a group's gradients. */
export const sumUpdate: Elementwise<'sum', 'gradient', 'batch', 'share'> = {
  name: 'training/accumulate',
  writes: ['sum'],
  reads: ['gradient'],
  shared: ['batch'],
  counts: false,
  wgsl: 'sum[i] = select(sum[i], T(0.0), batch[0] == 1) + params.share * gradient[i];',
  host({ sum, gradient, batch }, { share }) {
    const kept = batch[0] === 1 ? 0 : 1;
    for (let i = 0; i < sum.length; i++) {
      sum[i] = kept * (sum[i] as number) + share * (gradient[i] as number);
    }
  },
  compose({ sum, gradient, batch }, { share }) {
    const kept = tf.cast(tf.notEqual(batch, 1), 'float32');
    return { sum: tf.add(tf.mul(kept, sum), tf.mul(share, gradient)) };
  },
};

type AdvanceOp = Op<'batch' | 'waits' | 'guard', never, { steps: number }>;
let advance: AdvanceOp | undefined;

/**
 * Counts a batch of a group, `batch` ∈ {1 … steps}, and says whether its step must wait: `waits` is 0 in the last. When
 * `guard` is not zero, the batch is not counted and the step waits.
 */
export function advanceOp(): AdvanceOp {
  const onHost: HostKernel<'batch' | 'waits' | 'guard', never, { steps: number }> = ({ inputs, attributes }) => {
    const { batch, waits, guard } = inputs;
    if (!guard?.[0]) batch[0] = ((batch[0] as number) % attributes.steps) + 1;
    waits[0] = guard?.[0] || batch[0] !== attributes.steps ? 1 : 0;
  };
  advance ??= defineOp<'batch' | 'waits' | 'guard', never, { steps: number }>({
    name: 'training/countBatch',
    writes: ['batch', 'waits'],
    outputs: () => ({}),
    compose: ({ batch, waits, guard }, { steps }) => {
      const next = tf.add(tf.mod(batch, tf.scalar(steps, 'int32')), tf.onesLike(batch));
      const held = guard ? tf.reshape(tf.notEqual(guard, 0), [1]) : tf.zerosLike(tf.notEqual(batch, 0));
      const counted = tf.where(held, batch, next);
      const waiting = tf.logicalOr(held, tf.notEqual(counted, steps));
      return { batch: counted, waits: tf.cast(waiting, waits.dtype) };
    },
    webgpu: ({ inputs, attributes: { steps } }) => {
      const guarded = 'guard' in inputs;
      return {
        code: `@compute @workgroup_size(1) fn main() {
          let held = ${guarded ? 'guard[0] != 0' : 'false'};
          let counted = select(batch[0] % i32(params.steps) + 1, batch[0], held);
          batch[0] = counted;
          waits[0] = select(0, 1, held || counted != i32(params.steps));
        }`,
        reads: guarded ? ['guard'] : [],
        writes: ['batch', 'waits'],
        groups: 1,
        integers: { steps },
      };
    },
    cpu: onHost,
    wasm: onHost,
  });
  return advance;
}
