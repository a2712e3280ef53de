import * as tf from '@tensorflow/tfjs-core';

/** log p of each point, −∞ where it cannot be, [batch]: tfjs would make one out of none, where a batch is empty. */
export const logProbWithin = (total: tf.Tensor, impossible: tf.Tensor): tf.Tensor1D =>
  (total.size === 0 ? total : tf.where(impossible, -Infinity, total)) as tf.Tensor1D;
