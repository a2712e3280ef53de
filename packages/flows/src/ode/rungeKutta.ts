import * as tf from '@tensorflow/tfjs-core';
import type { Field } from './field';

/**
 * Solves dy/dt = field(y, t) from 0 to 1, or from 1 to 0, by the classical method in steps of one size.
 *
 * Reference: Hairer, Nørsett, Wanner, "Solving ordinary differential equations I", 1993, table II.1.2.
 *
 * @param from - [B, n]
 * @param direction - 1 from time 0 to 1; −1 from 1 to 0.
 */
export function rungeKutta(field: Field, from: tf.Tensor2D, direction: 1 | -1, steps: number): tf.Tensor2D {
  const h = direction / steps;
  let y = from;
  for (let step = 0; step < steps; step++) {
    const [at, time] = [y, (direction > 0 ? 0 : 1) + step * h];
    y = tf.tidy(() => rungeKuttaStep(field, at, time, h));
  }
  return y;
}

/** One step from time t to t + h. */
function rungeKuttaStep(field: Field, y: tf.Tensor2D, t: number, h: number): tf.Tensor2D {
  const at = (time: number) => tf.fill([y.shape[0], 1], time) as tf.Tensor2D;
  const along = (slope: tf.Tensor, share: number) => tf.add(y, tf.mul(share * h, slope)) as tf.Tensor2D;
  const k1 = field(y, at(t));
  const k2 = field(along(k1, 0.5), at(t + h / 2));
  const k3 = field(along(k2, 0.5), at(t + h / 2));
  const k4 = field(along(k3, 1), at(t + h));
  return along(tf.add(tf.add(k1, k4), tf.mul(2, tf.add(k2, k3))), 1 / 6);
}
