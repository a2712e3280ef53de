import * as tf from '@tensorflow/tfjs-core';
import { polynomial } from './polynomial';

/** From here on the asymptotic series are exact in float32. */
export const STIRLING_FROM = 3;

/** B₂ₖ / (2k (2k − 1)), for k = 1, 2, … */
const COEFFICIENTS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

/** Σₖ B₂ₖ / (2k (2k − 1) x²ᵏ⁻¹), for x of 3 and more: what Stirling's formula for log Γ(x) leaves. */
export function stirlingSeries(x: tf.Tensor): tf.Tensor {
  const inverse = tf.div(1, x);
  return tf.mul(inverse, polynomial(tf.square(inverse), COEFFICIENTS));
}
