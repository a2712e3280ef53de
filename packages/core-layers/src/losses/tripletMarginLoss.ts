import * as tf from '@tensorflow/tfjs-core';
import { checkVectors, euclideanDistance } from './euclideanDistance';
import { checkMargin } from './margin';
import { checkReduction, type LossOptions, reduced } from './reduction';

export interface TripletMarginLossOptions extends LossOptions {
  /** So much nearer than the negative the positive needs to be, > 0. Default 1. */
  margin?: number;
  /** Whether the negative is measured from the positive, where that is nearer than the anchor. Default false. */
  swap?: boolean;
}

/**
 * Of triplets that are given: `max(0, d(anchor, positive) − d(anchor, negative) + m)`, as PyTorch's `triplet_margin_loss`.
 *
 * Reference: Balntas, Riba, Ponsa, Mikolajczyk, "Learning local feature descriptors with triplets and shallow convolutional
 * neural networks", 2016.
 *
 * @param anchor - float32, shape [..., D].
 * @param positive - and negative: float32, of that shape.
 * @returns a scalar, or for `none` a loss for each triplet, [...].
 * @throws TypeError when shapes or types do not fit or the margin is not positive.
 *
 * @example
 * const loss = tripletMarginLoss(net.apply(a), net.apply(p), net.apply(n), { margin: 0.2 });
 */
export function tripletMarginLoss(
  anchor: tf.Tensor,
  positive: tf.Tensor,
  negative: tf.Tensor,
  { margin = 1, swap = false, ...options }: TripletMarginLossOptions = {},
): tf.Tensor {
  const caller = 'tripletMarginLoss';
  checkVectors(caller, 'anchor', anchor);
  checkVectors(caller, 'positive', positive, anchor.shape);
  checkVectors(caller, 'negative', negative, anchor.shape);
  checkMargin(caller, margin);
  checkReduction(caller, options, anchor.shape.slice(0, -1));
  return tf.tidy(() => {
    const near = euclideanDistance(anchor, positive);
    const direct = euclideanDistance(anchor, negative);
    const far = swap ? tf.minimum(direct, euclideanDistance(positive, negative)) : direct;
    return reduced(tf.relu(tf.add(tf.sub(near, far), margin)), options);
  });
}
