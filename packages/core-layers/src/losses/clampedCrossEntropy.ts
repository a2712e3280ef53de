import { defineOp } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/** PyTorch's: what is surely wrong costs this much, where the logarithm has no end. */
const MOST = 100;
/** And the slope is divided by no less. */
const LEAST = 1e-12;

const clampedLog = (p: tf.Tensor) => tf.maximum(tf.log(p), -MOST);

/**
 * Cross entropy from probabilities, each by itself: `−t log p`, the logarithm no less than −100; its slope `−t / max(p, 10⁻¹²)`.
 */
const oneSided = /* @__PURE__ */ defineOp<'t' | 'p', 'loss', object>({
  name: 'core-layers/crossEntropyOfProbabilities',
  outputs: ({ p }) => ({ loss: p }),
  compose: ({ t, p }) => ({ loss: tf.neg(tf.mul(t, clampedLog(p))) }),
  grad: {
    saves: ['t', 'p'],
    of: ({ loss: dy }, { t, p }) => ({
      p: () => tf.neg(tf.div(tf.mul(dy, t), tf.maximum(p, LEAST))),
      t: () => tf.neg(tf.mul(dy, clampedLog(p))),
    }),
  },
});

/** `−t log p − (1 − t) log(1 − p)`, clamped as PyTorch does; its slope `(p − t) / max(p (1 − p), 10⁻¹²)`. */
const twoSided = /* @__PURE__ */ defineOp<'t' | 'p', 'loss', object>({
  name: 'core-layers/binaryCrossEntropyOfProbabilities',
  outputs: ({ p }) => ({ loss: p }),
  compose: ({ t, p }) => {
    const rest = tf.sub(1, p);
    return { loss: tf.neg(tf.add(tf.mul(t, clampedLog(p)), tf.mul(tf.sub(1, t), clampedLog(rest)))) };
  },
  grad: {
    saves: ['t', 'p'],
    of: ({ loss: dy }, { t, p }) => ({
      p: () => tf.div(tf.mul(dy, tf.sub(p, t)), tf.maximum(tf.mul(p, tf.sub(1, p)), LEAST)),
      t: () => tf.mul(dy, tf.sub(clampedLog(tf.sub(1, p)), clampedLog(p))),
    }),
  },
});

/** @param t - and p: float32 of one shape. */
export const crossEntropyOf = (t: tf.Tensor, p: tf.Tensor): tf.Tensor => oneSided({ t, p }, {}).loss;

/** @param t - and p: float32 of one shape. */
export const binaryCrossEntropyOf = (t: tf.Tensor, p: tf.Tensor): tf.Tensor => twoSided({ t, p }, {}).loss;
