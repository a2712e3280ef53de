import * as tf from '@tensorflow/tfjs-core';
import { absolute, elementLoss } from './elements';
import type { LossOptions } from './reduction';

/** Keras's: a truth nearer to 0 is divided by as if it were this far from it. */
const EPSILON = 1e-7;

/**
 * The mean of the errors in percent of the truth: `100 |yTrue − yPred| / max(|yTrue|, 10⁻⁷)`, as Keras; scikit-learn leaves
 * the 100 out.
 *
 * @param yTrue - of any shape.
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit.
 */
export function meanAbsolutePercentageError(yTrue: tf.Tensor, yPred: tf.Tensor, options: LossOptions = {}): tf.Tensor {
  return elementLoss('meanAbsolutePercentageError', yTrue, yPred, options, (t, p) =>
    tf.mul(100, tf.div(absolute(tf.sub(p, t)), tf.maximum(absolute(t), EPSILON))),
  );
}
