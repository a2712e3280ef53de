import * as tf from '@tensorflow/tfjs-core';

/** The largest of each row, as a constant: it only keeps exponentials small. */
const top = tf.customGrad((x) => ({
  value: tf.max(x as tf.Tensor, -1, true),
  gradFunc: () => tf.zerosLike(x as tf.Tensor),
}));

/** `log Σ exp(x)` of each row, [..., 1]; differentiable any number of times. */
export function logSumExp(x: tf.Tensor): tf.Tensor {
  const most = top(x);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, most)), -1, true)), most);
}

/** `exp(x) / Σ exp(x)` of each row; differentiable any number of times. */
export const softmax = (x: tf.Tensor): tf.Tensor => tf.exp(tf.sub(x, logSumExp(x)));
