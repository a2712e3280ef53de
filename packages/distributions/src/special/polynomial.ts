import * as tf from '@tensorflow/tfjs-core';

/** Σₖ cₖ xᵏ by Horner's rule. */
export function polynomial(x: tf.Tensor, [...coefficients]: readonly number[]): tf.Tensor {
  const last = coefficients.pop() as number;
  const leading = coefficients.pop();
  if (leading === undefined) return tf.fill(x.shape, last);
  return coefficients.reduceRight((sum, c) => tf.add(tf.mul(sum, x), c), tf.add(tf.mul(x, last), leading));
}
