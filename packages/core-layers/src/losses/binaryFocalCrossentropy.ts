import { sigmoidCrossEntropy } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkShare } from '../check';
import type { BinaryCrossentropyOptions } from './binaryCrossentropy';
import { binaryCrossEntropyOf } from './clampedCrossEntropy';
import { checkElements } from './elements';
import { checkGamma, modulation } from './focal';
import { checkReduction, reduced } from './reduction';

export interface BinaryFocalCrossentropyOptions extends BinaryCrossentropyOptions {
  /** How strongly what is right already is left alone, ≥ 0. Default 2. */
  gamma?: number;
  /** The weight of yes, in [0, 1], that of no being 1 − α; `null` for none. Default 0.25. */
  alpha?: number | null;
}

/**
 * Cross entropy that looks at what is still wrong: `αₜ qᵞ · (−t log p − (1 − t) log(1 − p))` with `q = t (1 − p) + (1 − t) p`
 * and `αₜ = α t + (1 − α) (1 − t)`; torchvision's `sigmoid_focal_loss`. Keras weighs only with `apply_class_balancing`.
 *
 * Reference: Lin, Goyal, Girshick, He, Dollár, "Focal loss for dense object detection", 2017.
 *
 * @param yTrue - of any shape, numbers in [0, 1].
 * @param yPred - float32, of that shape.
 * @returns a scalar, or for `none` a loss for each number.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const loss = binaryFocalCrossentropy(labels, logits, { fromLogits: true, reduction: 'sum' });
 */
export function binaryFocalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: BinaryFocalCrossentropyOptions = {},
): tf.Tensor {
  const { fromLogits = false, labelSmoothing = 0, ignoredIndex, gamma = 2, alpha = 0.25 } = options;
  const caller = 'binaryFocalCrossentropy';
  checkElements(caller, yTrue, yPred);
  checkShare(caller, 'labelSmoothing', labelSmoothing);
  checkGamma(caller, gamma);
  if (alpha !== null) checkShare(caller, 'alpha', alpha);
  checkReduction(caller, options, yPred.shape);
  return tf.tidy(() => {
    const labels = tf.cast(yTrue, 'float32');
    const counts = ignoredIndex === undefined ? undefined : tf.cast(tf.notEqual(labels, ignoredIndex), 'float32');
    const t = tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / 2);
    const no = tf.sub(1, t);
    const [p, notP] = fromLogits ? [tf.sigmoid(yPred), tf.sigmoid(tf.neg(yPred))] : [yPred, tf.sub(1, yPred)];
    const entropy = fromLogits ? sigmoidCrossEntropy(yPred, t, { reduction: 'none' }) : binaryCrossEntropyOf(t, yPred);
    const focal = tf.mul(modulation(tf.add(tf.mul(t, notP), tf.mul(no, p)), gamma), entropy);
    if (alpha === null) return reduced(focal, options, counts);
    return reduced(tf.mul(focal, tf.add(tf.mul(t, alpha), tf.mul(no, 1 - alpha))), options, counts);
  });
}
