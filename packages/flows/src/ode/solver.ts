import * as tf from '@tensorflow/tfjs-core';

/** The right side of dy/dt = field(y, t): states [B, n] and a time for each, [B, 1] → [B, n]. */
export type Field = (state: tf.Tensor2D, time: tf.Tensor2D) => tf.Tensor2D;

/** What is summed up along a solution: at a state and a time, with a weight for all points or one for each, [B, 1]. */
export type Integrand = (state: tf.Tensor2D, time: tf.Tensor2D, weight: tf.Tensor) => tf.Tensor[];

export interface Solution {
  /** [B, n] */
  end: tf.Tensor2D;
  /** `∫ g(y(t), t) dt` along the way, by the solver's own steps; none without an integrand. */
  integrals: tf.Tensor[];
}

/** Solves dy/dt = field(y, t) for points [B, n] from time 0 to 1, or with the direction −1 from 1 to 0. */
export type Solver = (field: Field, from: tf.Tensor2D, direction: 1 | -1, integrand?: Integrand) => Solution;

/** Where a step asked for a slope, and the slope's share in the step. */
export interface Stage {
  state: tf.Tensor2D;
  time: tf.Tensor2D;
  share: number;
}

/**
 * Integrals with those of one step more.
 *
 * @param size - of the step, for all points or for each, [B, 1].
 */
export function grown(
  integrals: tf.Tensor[],
  stages: readonly Stage[],
  size: tf.Tensor | number,
  integrand: Integrand,
): tf.Tensor[] {
  return stages.reduce<tf.Tensor[]>((sums, { state, time, share }) => {
    if (share === 0) return sums;
    const parts = integrand(state, time, tf.mul(share, size));
    return sums.length === 0 ? parts : sums.map((sum, i) => tf.add(sum, parts[i] as tf.Tensor));
  }, integrals);
}
