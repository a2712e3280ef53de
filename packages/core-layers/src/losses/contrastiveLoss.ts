import * as tf from '@tensorflow/tfjs-core';
import { elementLoss } from './elements';
import { checkMargin } from './margin';
import type { LossOptions } from './reduction';

export interface ContrastiveLossOptions extends LossOptions {
  /** So far apart pairs that are not alike need to be, > 0. Default 1. */
  margin?: number;
}

/**
 * Pulls pairs that are alike together, and pushes the others a margin apart: `½ t d² + ½ (1 − t) max(0, m − d)²`, d the
 * distance of a pair. In the paper t = 0 means alike, here 1 does, as in TensorFlow Addons, which leaves the ½ out.
 *
 * Reference: Hadsell, Chopra, LeCun, "Dimensionality reduction by learning an invariant mapping", 2006.
 *
 * @param yTrue - [batch]: 1 for a pair that is alike, else 0.
 * @param yPred - distances, float32, of that shape; {@link euclideanDistance} gives them.
 * @returns a scalar, or for `none` a loss for each pair.
 * @throws TypeError when shapes or types do not fit or the margin is not positive.
 *
 * @example
 * const loss = contrastiveLoss(alike, euclideanDistance(net.apply(a), net.apply(b)), { margin: 1 });
 */
export function contrastiveLoss(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  { margin = 1, ...options }: ContrastiveLossOptions = {},
): tf.Tensor {
  checkMargin('contrastiveLoss', margin);
  return elementLoss('contrastiveLoss', yTrue, yPred, options, (t, d) => {
    const pull = tf.mul(t, tf.square(d));
    const push = tf.mul(tf.sub(1, t), tf.square(tf.relu(tf.sub(margin, d))));
    return tf.mul(0.5, tf.add(pull, push));
  });
}
