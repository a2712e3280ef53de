import * as tf from '@tensorflow/tfjs-core';

/** What dual averaging carries, all scalars on the device. */
export type StepSize = Record<'logStep' | 'logStepMean' | 'shortfall' | 'anchor' | 'count', tf.Tensor>;

/** Hoffman's and Gelman's: how fast it moves, how long it mistrusts the first steps, how fast these are forgotten. */
const GAMMA = 0.05;
const T0 = 10;
const KAPPA = 0.75;

/** Begins at a step, and is drawn towards one that is ten times as long. */
export function startStepSize(logStep: tf.Tensor): StepSize {
  return {
    logStep: tf.clone(logStep),
    logStepMean: tf.clone(logStep),
    shortfall: tf.scalar(0),
    anchor: tf.add(logStep, Math.log(10)),
    count: tf.scalar(0),
  };
}

/**
 * The step after an acceptance a in step t, with target δ:
 *
 *     H ← H + (δ − a − H) / (t + t₀),   log ε = μ − √t / γ · H,   log ε̄ ← log ε̄ + t^−κ (log ε − log ε̄)
 *
 * Reference: Hoffman, Gelman, "The No-U-Turn sampler", 2014, algorithm 5.
 */
export function updateStepSize(
  { logStepMean, shortfall, anchor, count }: StepSize,
  acceptance: tf.Tensor,
  target: number,
): StepSize {
  const t = tf.add(count, 1);
  const lack = tf.sub(target, acceptance);
  const total = tf.add(shortfall, tf.div(tf.sub(lack, shortfall), tf.add(t, T0)));
  const logStep = tf.sub(anchor, tf.mul(tf.mul(tf.sqrt(t), total), 1 / GAMMA));
  const weight = tf.exp(tf.mul(-KAPPA, tf.log(t)));
  return {
    logStep,
    logStepMean: tf.add(logStepMean, tf.mul(weight, tf.sub(logStep, logStepMean))),
    shortfall: total,
    anchor: tf.clone(anchor),
    count: t,
  };
}
