import { logSoftmax } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { crossEntropyOf } from './clampedCrossEntropy';
import { type ClassOptions, countsOf, labelsOf, targetsOf } from './classes';
import { checkGamma, modulation } from './focal';
import { reduced } from './reduction';

export interface CategoricalFocalCrossentropyOptions extends ClassOptions {
  /** How strongly what is right already is left alone, ≥ 0. Default 2. */
  gamma?: number;
  /** A weight for each class, or one for all. Default 0.25, as Keras. */
  alpha?: number | readonly number[];
}

/**
 * Cross entropy of classes that looks at what is still wrong: `Σ α (1 − p)ᵞ · (−t log p)` with `t = (1 − ε) label + ε / C`.
 *
 * Reference: Lin, Goyal, Girshick, He, Dollár, "Focal loss for dense object detection", 2017.
 *
 * @param yTrue - int32, shape [...] or [..., 1]: a class for each sample, where one outside 0 … C − 1 does not count; or of
 *   yPred's shape: a weight for each class.
 * @param yPred - float32, shape [..., C].
 * @returns a scalar, or for `none` a loss for each sample, [...].
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const loss = categoricalFocalCrossentropy(labels, logits, { fromLogits: true, alpha: [0.1, 0.9] });
 */
export function categoricalFocalCrossentropy(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  options: CategoricalFocalCrossentropyOptions = {},
): tf.Tensor {
  const { fromLogits = false, labelSmoothing = 0, ignoredIndex, gamma = 2, alpha = 0.25 } = options;
  const caller = 'categoricalFocalCrossentropy';
  checkGamma(caller, gamma);
  return tf.tidy(() => {
    const labels = labelsOf(caller, yTrue, yPred, options);
    const classes = yPred.shape.at(-1) as number;
    const alphas = [alpha].flat();
    if (!alphas.every((a) => a >= 0 && a < Infinity) || (Array.isArray(alpha) && alpha.length !== classes)) {
      complain(caller, 'alpha', `a number ≥ 0, or ${classes} of them`, alpha);
    }
    const t = targetsOf(labels, classes, labelSmoothing);
    const logP = fromLogits ? logSoftmax(yPred) : undefined;
    const p = logP ? tf.exp(logP) : yPred;
    const entropies = logP ? tf.neg(tf.mul(t, logP)) : crossEntropyOf(t, p);
    const focal = tf.mul(tf.mul(modulation(tf.sub(1, p), gamma), entropies), tf.tensor1d(alphas));
    const counts = labels.sparse && countsOf(labels.sparse, classes, ignoredIndex);
    return reduced(tf.sum(focal, -1), options, counts);
  });
}
