import { sigmoidCrossEntropy } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkShare } from '../check';
import { binaryCrossEntropyOf } from './clampedCrossEntropy';
import { checkElements } from './elements';
import { checkReduction, type LossOptions, reduced } from './reduction';

export interface BinaryCrossentropyOptions extends LossOptions {
  /** Whether yPred are logits, before a sigmoid, and not probabilities. Default false. */
  fromLogits?: boolean;
  /** The share of each label that is moved to ½, in [0, 1]. Default 0. */
  labelSmoothing?: number;
  /** Labels of this number do not count. */
  ignoredIndex?: number;
}

/**
 * Cross entropy of yes-or-no labels: `−t log p − (1 − t) log(1 − p)` with `t = (1 − ε) yTrue + ε / 2`.
 *
 * From logits it is exact wherever they lie. Of probabilities the logarithm is held above −100, as in PyTorch, so that
 * p = 0 and p = 1 have a finite loss and a slope; Keras holds p in [10⁻⁷, 1 − 10⁻⁷] and has no slope outside.
 *
 * @param yTrue - of any shape, numbers in [0, 1].
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const loss = binaryCrossentropy(labels, logits, { fromLogits: true, ignoredIndex: -1 });
 */
export function binaryCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  { fromLogits = false, labelSmoothing = 0, ignoredIndex, ...options }: BinaryCrossentropyOptions = {},
): tf.Tensor {
  const caller = 'binaryCrossentropy';
  checkElements(caller, yTrue, yPred);
  checkShare(caller, 'labelSmoothing', labelSmoothing);
  checkReduction(caller, options, yPred.shape);
  const { reduction = 'mean', sampleWeight } = options;
  return tf.tidy(() => {
    const labels = tf.cast(yTrue, 'float32');
    const counts = ignoredIndex === undefined ? undefined : tf.cast(tf.notEqual(labels, ignoredIndex), 'float32');
    if (!fromLogits) {
      const targets = tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / 2);
      return reduced(binaryCrossEntropyOf(targets, yPred), options, counts);
    }
    if (counts === undefined && sampleWeight === undefined) {
      const whole = reduction === 'weightedMean' ? 'mean' : reduction;
      return sigmoidCrossEntropy(yPred, labels, { labelSmoothing, reduction: whole });
    }
    return reduced(sigmoidCrossEntropy(yPred, labels, { labelSmoothing, reduction: 'none' }), options, counts);
  });
}
