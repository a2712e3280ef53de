import * as tf from '@tensorflow/tfjs-core';

/** Running mean and squares of the states of all chains, on the device. */
export type Spread = Record<'spreadCount' | 'spreadMean' | 'spreadSquares', tf.Tensor>;

/** What a variance is drawn towards, as if this many states had shown it. */
const PRIOR = { states: 5, variance: 1e-3 };

export const startSpread = (event: number[]): Spread => ({
  spreadCount: tf.scalar(0),
  spreadMean: tf.zeros(event),
  spreadSquares: tf.zeros(event),
});

/**
 * With one more state of each chain, x: [chains, ...E].
 *
 * Reference: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
 */
export function addToSpread({ spreadCount, spreadMean, spreadSquares }: Spread, x: tf.Tensor): Spread {
  const chains = x.shape[0] as number;
  const { mean, variance } = tf.moments(x, 0);
  const total = tf.add(spreadCount, chains);
  const apart = tf.sub(mean, spreadMean);
  const between = tf.mul(tf.square(apart), tf.div(tf.mul(spreadCount, chains), total));
  return {
    spreadCount: total,
    spreadMean: tf.add(spreadMean, tf.mul(apart, tf.div(chains, total))),
    spreadSquares: tf.add(spreadSquares, tf.add(tf.mul(variance, chains), between)),
  };
}

/** The variance of each element, shape E. */
export function spreadVariance({ spreadCount, spreadSquares }: Spread): tf.Tensor {
  const total = tf.add(spreadCount, PRIOR.states);
  return tf.div(tf.add(spreadSquares, PRIOR.states * PRIOR.variance), total);
}
