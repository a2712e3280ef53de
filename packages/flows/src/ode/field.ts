import type * as tf from '@tensorflow/tfjs-core';

/** The right side of dy/dt = field(y, t): states [B, n] and a time for each, [B, 1] → [B, n]. */
export type Field = (state: tf.Tensor2D, time: tf.Tensor2D) => tf.Tensor2D;
