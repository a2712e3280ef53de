import { softmaxCrossEntropy } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { crossEntropyOf } from './clampedCrossEntropy';
import { type ClassOptions, countsOf, labelsOf, targetsOf } from './classes';
import { reduced } from './reduction';

/**
 * Cross entropy of classes: `−Σ t log p` with `t = (1 − ε) label + ε / C`, as PyTorch counts it: the mean is over the samples
 * that count.
 *
 * From logits it is one dispatch on WebGPU, and exact wherever they lie. Of probabilities the logarithm is held above −100,
 * so that p = 0 has a finite loss and a slope; they are taken as they are, where Keras first divides them by their sum.
 *
 * @param yTrue - int32, shape [...] or [..., 1]: a class for each sample, where one outside 0 … C − 1 does not count; or of
 *   yPred's shape: a weight for each class.
 * @param yPred - float32, shape [..., C].
 * @returns a scalar, or for `none` a loss for each sample, [...].
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * model.compile({ optimizer: 'adam', loss: (t, p) => categoricalCrossentropy(t, p, { fromLogits: true }) });
 */
export function categoricalCrossentropy(yTrue: tf.Tensor, yPred: tf.Tensor, options: ClassOptions = {}): tf.Tensor {
  const { fromLogits = false, labelSmoothing = 0, ignoredIndex, reduction = 'mean', sampleWeight } = options;
  return tf.tidy(() => {
    const labels = labelsOf('categoricalCrossentropy', yTrue, yPred, options);
    const classes = yPred.shape.at(-1) as number;
    const { sparse, dense } = labels;
    const entropy = (how: 'mean' | 'sum' | 'none') =>
      softmaxCrossEntropy(yPred, (dense ?? sparse) as tf.Tensor, {
        labelSmoothing,
        reduction: how,
        ...(ignoredIndex !== undefined && { ignoredIndex }),
      });
    if (fromLogits && sampleWeight === undefined) return entropy(reduction === 'weightedMean' ? 'mean' : reduction);
    const counts = sparse && countsOf(sparse, classes, ignoredIndex);
    if (fromLogits) return reduced(entropy('none'), options, counts);
    const losses = tf.sum(crossEntropyOf(targetsOf(labels, classes, labelSmoothing), yPred), -1);
    return reduced(losses, options, counts);
  });
}
