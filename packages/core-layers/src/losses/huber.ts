import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { elementLoss } from './elements';
import type { LossOptions } from './reduction';

export interface HuberOptions extends LossOptions {
  /** Where the parabola becomes a line, > 0. Default 1. */
  delta?: number;
}

/**
 * Squared where the error e is small, straight where it is large: `e² / 2` for |e| ≤ δ, else `δ (|e| − δ / 2)`; as Keras and
 * PyTorch's `huber_loss`. PyTorch's `smooth_l1_loss` is this divided by δ.
 *
 * Reference: Huber, "Robust estimation of a location parameter", 1964.
 *
 * @param yTrue - of any shape.
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit or delta is not positive.
 *
 * @example
 * model.compile({ optimizer: 'adam', loss: (t, p) => huber(t, p, { delta: 0.5 }) });
 */
export function huber(yTrue: tf.Tensor, yPred: tf.Tensor, { delta = 1, ...options }: HuberOptions = {}): tf.Tensor {
  if (!(delta > 0 && delta < Infinity)) complain('huber', 'delta', 'a finite number > 0', String(delta));
  return elementLoss('huber', yTrue, yPred, options, (t, p) => {
    const e = tf.sub(p, t);
    const near = tf.clipByValue(e, -delta, delta);
    return tf.mul(near, tf.sub(e, tf.mul(0.5, near)));
  });
}
