import * as tf from '@tensorflow/tfjs-core';
import { elementLoss } from './elements';
import type { LossOptions } from './reduction';

/**
 * The mean of the squared differences of logarithms: `(log(1 + yTrue) − log(1 + yPred))²`. Numbers below 0 count as 0, as in
 * Keras, and have no slope.
 *
 * @param yTrue - of any shape, not negative.
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit.
 */
export function meanSquaredLogarithmicError(yTrue: tf.Tensor, yPred: tf.Tensor, options: LossOptions = {}): tf.Tensor {
  const log = (x: tf.Tensor) => tf.log1p(tf.relu(x));
  return elementLoss('meanSquaredLogarithmicError', yTrue, yPred, options, (t, p) =>
    tf.squaredDifference(log(t), log(p)),
  );
}
