import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkReduction, type LossOptions, reduced } from './reduction';

/**
 * A loss of elements: each number of yPred against that of yTrue.
 *
 * @param each - the losses, of the shape of both.
 */
export function elementLoss(
  caller: string,
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: LossOptions,
  each: (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  checkElements(caller, yTrue, yPred);
  checkReduction(caller, options, yPred.shape);
  return tf.tidy(() => reduced(each(tf.cast(yTrue, 'float32'), yPred), options));
}

/** @throws TypeError when yPred is not float32 or yTrue not of its shape: nothing is broadcast. */
export function checkElements(caller: string, yTrue: tf.Tensor, yPred: tf.Tensor): void {
  if (yPred.dtype !== 'float32') complain(caller, 'yPred', 'float32', yPred.dtype);
  if (yTrue.shape.join() !== yPred.shape.join()) {
    complain(caller, 'yTrue', `of the shape of yPred, [${yPred.shape}]`, `[${yTrue.shape}]`);
  }
}

/** |x|, with the slope 0 at 0, where that of tf.abs is −1. */
export const absolute = (x: tf.Tensor): tf.Tensor => tf.mul(x, tf.sign(x));
