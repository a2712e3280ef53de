import * as tf from '@tensorflow/tfjs-core';
import { elementLoss } from './elements';
import type { LossOptions } from './reduction';

/**
 * The mean of the squared errors: `(yTrue − yPred)²`.
 *
 * @param yTrue - of any shape.
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * model.compile({ optimizer: 'adam', loss: meanSquaredError });
 */
export function meanSquaredError(yTrue: tf.Tensor, yPred: tf.Tensor, options: LossOptions = {}): tf.Tensor {
  return elementLoss('meanSquaredError', yTrue, yPred, options, tf.squaredDifference);
}
