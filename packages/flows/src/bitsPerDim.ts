import * as tf from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from './shapes';

/**
 * The mean negative log-likelihood in bits for each number of an event: `−mean(log p) / (D ln 2)`.
 *
 * For 8-bit images, a model that knows nothing has 8.
 *
 * @param logProb - in nats, shape [batch].
 * @param dims - D: the numbers in an event, for example 28 · 28.
 * @returns a scalar.
 * @throws RangeError when dims is no positive integer.
 *
 * @example
 * const bits = bitsPerDim(flow.logProb(images), 28 * 28);
 */
export function bitsPerDim(logProb: tf.Tensor, dims: number): tf.Scalar {
  checkPositiveInteger('bitsPerDim', 'dims', dims);
  // Divided first: numbers around 8 add up with less rounding than numbers around 4,000.
  return tf.tidy(() => tf.mean(tf.div(logProb, -dims * Math.LN2)) as tf.Scalar);
}
