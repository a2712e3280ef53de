import * as tf from '@tensorflow/tfjs-core';
import { absolute, elementLoss } from './elements';
import type { LossOptions } from './reduction';

/**
 * The mean of the absolute errors: `|yTrue − yPred|`. Its slope is 0 where there is no error.
 *
 * @param yTrue - of any shape.
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit.
 */
export function meanAbsoluteError(yTrue: tf.Tensor, yPred: tf.Tensor, options: LossOptions = {}): tf.Tensor {
  return elementLoss('meanAbsoluteError', yTrue, yPred, options, (t, p) => absolute(tf.sub(p, t)));
}
