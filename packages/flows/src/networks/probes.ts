import { randomNormal, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

/** How the trace of a Jacobian is found: from all its columns, or from one random direction. */
export type Trace = 'exact' | 'hutchinson';

/**
 * Directions v with Σ vᵀ J v = tr J: the unit vectors, or one of random signs, for which that holds on average.
 *
 * Reference: Hutchinson, "A stochastic estimator of the trace of the influence matrix", 1989.
 *
 * @returns [B, D] each.
 * @throws TypeError when random ones are wanted without a seed.
 */
export function probesFor(caller: string, trace: Trace, points: tf.Tensor2D, seed: Seed | undefined): tf.Tensor2D[] {
  const [B, D] = points.shape;
  if (trace === 'exact') {
    return tf.unstack(tf.eye(D)).map((unit) => tf.tile(tf.reshape(unit, [1, D]), [B, 1]) as tf.Tensor2D);
  }
  if (seed === undefined) {
    throw new TypeError(`${caller}: options must be { seed }, got none; its trace is estimated with noise`);
  }
  const signs = tf.sub(tf.mul(2, tf.step(randomNormal([B, D], { seed }))), 1);
  return [signs as tf.Tensor2D];
}

/** vᵀ w for each point: [B, D] → [B]. */
export const dotRows = (v: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor1D => tf.sum(tf.mul(v, w), 1);
