import * as tf from '@tensorflow/tfjs-core';
import { checkShare, complain } from '../check';
import { checkReduction, type LossOptions } from './reduction';

export interface ClassOptions extends LossOptions {
  /** Whether yPred are logits, before a softmax, and not probabilities. Default false. */
  fromLogits?: boolean;
  /** The share of each target that is spread evenly over all classes, in [0, 1]. Default 0. */
  labelSmoothing?: number;
  /** Samples with this integer label do not count. */
  ignoredIndex?: number;
}

/** Labels of classes as the losses take them. */
export interface Labels {
  /** A class for each sample, int32 [...], where labels are integers. */
  sparse?: tf.Tensor;
  /** A weight for each class, float32 [..., C], where they are dense. */
  dense?: tf.Tensor;
}

/**
 * Checks yTrue, integers [...] or [..., 1] or weights [..., C], against yPred [..., C].
 *
 * @throws TypeError when they do not fit.
 */
export function labelsOf(caller: string, yTrue: tf.Tensor, yPred: tf.Tensor, options: ClassOptions): Labels {
  const { labelSmoothing = 0, ignoredIndex } = options;
  if (yPred.dtype !== 'float32' || yPred.rank < 1) {
    complain(caller, 'yPred', 'float32 of shape [..., C]', `${yPred.dtype} of shape [${yPred.shape}]`);
  }
  checkShare(caller, 'labelSmoothing', labelSmoothing);
  const rows = yPred.shape.slice(0, -1);
  checkReduction(caller, options, rows);
  if (yTrue.shape.join() === yPred.shape.join()) {
    if (ignoredIndex !== undefined) complain(caller, 'ignoredIndex', 'left out when labels are dense', ignoredIndex);
    return { dense: tf.cast(yTrue, 'float32') };
  }
  const shapes = [rows.join(), [...rows, 1].join()];
  if (yTrue.dtype !== 'int32' || !shapes.includes(yTrue.shape.join())) {
    const must = `int32 of shape [${rows}] or of the shape of yPred, [${yPred.shape}]`;
    complain(caller, 'yTrue', must, `${yTrue.dtype} of shape [${yTrue.shape}]`);
  }
  return { sparse: tf.reshape(yTrue, rows) };
}

/** Which samples count: those whose label is a class and not the ignored one; float32 [...]. */
export function countsOf(sparse: tf.Tensor, classes: number, ignoredIndex: number | undefined): tf.Tensor {
  const int = (value: number) => tf.scalar(value, 'int32');
  const known = tf.logicalAnd(tf.greaterEqual(sparse, int(0)), tf.less(sparse, int(classes)));
  const counts = ignoredIndex === undefined ? known : tf.logicalAnd(known, tf.notEqual(sparse, int(ignoredIndex)));
  return tf.cast(counts, 'float32');
}

/** Targets `(1 − ε) label + ε / C`, float32 [..., C]. */
export function targetsOf({ sparse, dense }: Labels, classes: number, labelSmoothing: number): tf.Tensor {
  const labels = dense ?? tf.cast(tf.oneHot(sparse as tf.Tensor1D, classes), 'float32');
  return labelSmoothing === 0 ? labels : tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / classes);
}
