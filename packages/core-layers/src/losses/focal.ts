import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';

/** Below it a power's slope would be NaN; what is so sure costs nothing either way. */
const LEAST = 1e-30;

/** `qᵞ`, how much of a loss stays where the prediction is wrong by q. */
export const modulation = (q: tf.Tensor, gamma: number): tf.Tensor =>
  gamma === 0 ? tf.onesLike(q) : tf.pow(tf.maximum(q, LEAST), gamma);

export function checkGamma(caller: string, gamma: number): void {
  if (!(gamma >= 0 && gamma < Infinity)) complain(caller, 'gamma', 'a finite number ≥ 0', String(gamma));
}
