import { randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { perChain } from './runChains';

/** Half the spacing of uniform numbers: keeps them off 0. */
const HALF_STEP = 2 ** -25;

/** Stands for −∞: a GPU may assume that arithmetic never meets an infinity. */
const FLOOR = -1e30;

/** A log-density of which differences may be taken. */
export const bounded = (logProb: tf.Tensor): tf.Tensor => tf.maximum(logProb, FLOOR);

/**
 * Metropolis' rule: a proposal is taken with probability min(1, exp(logRatio)), a ratio that is no number never.
 *
 * @param logRatio - [chains].
 * @returns whether each is taken, bool, and with what probability, both [chains].
 *
 * Reference: Metropolis, Rosenbluth, Rosenbluth, Teller, Teller, "Equation of state calculations", 1953.
 */
export function accept(logRatio: tf.Tensor, seed: number): { taken: tf.Tensor; probability: tf.Tensor } {
  const u = tf.add(randomUniform(logRatio.shape, { seed }), HALF_STEP);
  const isNumber = tf.greaterEqual(logRatio, 2 * FLOOR);
  const safe = tf.where(isNumber, logRatio, FLOOR);
  return {
    taken: tf.less(tf.log(u), safe),
    probability: tf.exp(tf.clipByValue(safe, -80, 0)),
  };
}

/** For each chain the first where it is taken, else the second. */
export function choose(taken: tf.Tensor, proposed: tf.Tensor, current: tf.Tensor): tf.Tensor {
  const chosen = tf.logicalAnd(perChain(taken, current), tf.cast(tf.onesLike(current), 'bool'));
  return tf.where(chosen, proposed, current);
}
