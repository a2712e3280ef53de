import { randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { LOG_ZERO } from '../limits';
import { perChain } from './runChains';

/** Half the spacing of uniform numbers: keeps them off 0. */
const HALF_STEP = 2 ** -25;

/** @throws RangeError when a log-density, named in the error, is not one number for each point. */
export function checkEach(name: string, logProb: tf.Tensor, points: number): tf.Tensor {
  if (logProb.rank === 1 && logProb.shape[0] === points) return logProb;
  throw new RangeError(`${name} must give [${points}], a number for each point, got [${logProb.shape}]`);
}

/** A log-density of which differences may be taken. */
export const bounded = (logProb: tf.Tensor): tf.Tensor => tf.maximum(logProb, LOG_ZERO);

/**
 * Metropolis' rule: a proposal is taken with probability min(1, exp(logRatio)); a ratio that is no number never, nor a state
 * that cannot be, from wherever it is proposed.
 *
 * @param logRatio - [chains].
 * @param proposed - the bounded log-density of what is proposed, [chains].
 * @returns whether each is taken, bool, and with what probability, both [chains].
 *
 * Reference: Metropolis, Rosenbluth, Rosenbluth, Teller, Teller, "Equation of state calculations", 1953.
 */
export function accept(
  logRatio: tf.Tensor,
  proposed: tf.Tensor,
  seed: number,
): { taken: tf.Tensor; probability: tf.Tensor } {
  const u = tf.add(randomUniform(logRatio.shape, { seed }), HALF_STEP);
  const isPossible = tf.logicalAnd(tf.greaterEqual(logRatio, 2 * LOG_ZERO), tf.greater(proposed, LOG_ZERO));
  const safe = tf.where(isPossible, logRatio, LOG_ZERO);
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
