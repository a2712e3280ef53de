import { defineOp } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Raises a flag on the device, for good, when a loss is not finite: the steps that are under way by the time anybody
 * knows leave everything as it was.
 */
export const haltUnlessFinite = /* @__PURE__ */ defineOp<'halted' | 'loss', never, object>({
  name: 'training/haltUnlessFinite',
  writes: ['halted'],
  outputs: () => ({}) as Record<never, never>,
  compose: ({ halted, loss }) => ({
    halted: tf.maximum(halted, tf.cast(tf.logicalNot(tf.isFinite(tf.reshape(loss, [1]))), 'int32')),
  }),
  // By the bits: a compiler may take for granted that no number is infinite.
  webgpu: () => ({
    code: `@compute @workgroup_size(1)
      fn main() {
        if ((loss[0] & 0x7f800000) == 0x7f800000) { halted[0] = 1; }
      }`,
    reads: ['loss'],
    writes: ['halted'],
    groups: 1,
    types: { loss: 'i32' },
  }),
});
