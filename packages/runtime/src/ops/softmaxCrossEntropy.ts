import type * as tf from '@tensorflow/tfjs-core';
import { checkFloat, checkNumber, complain } from './check';
import { checkReduction, type Reduction } from './losses/reduction';
import { crossEntropy } from './losses/softmaxCrossEntropy';

export interface SoftmaxCrossEntropyOptions {
  /** The share of each target that is spread evenly over all classes, in [0, 1]. Default 0. */
  labelSmoothing?: number;
  /** Rows with this integer label do not count. */
  ignoredIndex?: number;
  /** `mean` over the rows that count (default), `sum`, or `none`: a loss for each row. */
  reduction?: Reduction;
}

/**
 * Cross entropy of softmax, from logits: `−Σ t log softmax(x)` with `t = (1 − ε) label + ε / C`, as PyTorch counts it. One
 * dispatch on WebGPU (two for many rows), one for its gradient.
 *
 * @param logits - float32, shape [..., C].
 * @param labels - int32, shape [...]: a class for each row, where one outside 0 … C − 1 does not count either; or float32,
 *   of the logits' shape: a weight for each class.
 * @returns a scalar, or for `none` shape [...]; 0 where no row counts.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const loss = softmaxCrossEntropy(model.apply(x), labels, { labelSmoothing: 0.1 });
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { labelSmoothing = 0, ignoredIndex, reduction = 'mean' }: SoftmaxCrossEntropyOptions = {},
): tf.Tensor {
  const op = 'softmaxCrossEntropy';
  checkFloat(op, 'logits', logits, 1);
  checkNumber(op, 'labelSmoothing', labelSmoothing, { least: 0, most: 1 });
  checkReduction(op, reduction);
  const rows = logits.shape.slice(0, -1);
  const fits = labels.dtype === 'int32' ? rows : logits.shape;
  if (!['int32', 'float32'].includes(labels.dtype) || labels.shape.join() !== fits.join()) {
    const must = `int32 of shape [${rows}] or float32 of shape [${logits.shape}]`;
    complain(op, 'labels', must, `${labels.dtype} of shape [${labels.shape}]`);
  }
  if (ignoredIndex !== undefined && labels.dtype !== 'int32') {
    complain(op, 'ignoredIndex', 'left out when labels are dense', ignoredIndex);
  }
  const { loss, scale } = crossEntropy(
    { logits, labels },
    { labelSmoothing, ignoredIndex: ignoredIndex ?? -1, reduction },
  );
  scale.dispose();
  return loss;
}
