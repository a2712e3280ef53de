import * as tf from '@tensorflow/tfjs-core';
import { binaryCrossentropy } from '../losses/binaryCrossentropy';
import { binaryFocalCrossentropy } from '../losses/binaryFocalCrossentropy';
import { categoricalCrossentropy } from '../losses/categoricalCrossentropy';
import { categoricalFocalCrossentropy } from '../losses/categoricalFocalCrossentropy';
import { contrastiveLoss } from '../losses/contrastiveLoss';
import { euclideanDistance } from '../losses/euclideanDistance';
import { huber } from '../losses/huber';
import { meanAbsoluteError } from '../losses/meanAbsoluteError';
import { meanAbsolutePercentageError } from '../losses/meanAbsolutePercentageError';
import { meanSquaredError } from '../losses/meanSquaredError';
import { meanSquaredLogarithmicError } from '../losses/meanSquaredLogarithmicError';
import type { LossOptions } from '../losses/reduction';
import { tripletLoss } from '../losses/tripletLoss';
import { tripletMarginLoss } from '../losses/tripletMarginLoss';

export type Loss = (yTrue: tf.Tensor, yPred: tf.Tensor, options?: LossOptions) => tf.Tensor;

/** A loss of labels and predictions, and a batch to try it on. */
export interface LossEntry {
  loss: Loss;
  yTrue: () => tf.Tensor;
  yPred: () => tf.Tensor;
  /** Options that the batch needs. */
  options?: object;
}

const numbers = (shape: number[], low = -2, high = 2) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Array.from({ length: size }, (_, i) => low + (high - low) * ((i * 0.618 + 0.3) % 1)),
    shape,
  );
};
const classes = (...labels: number[]) => tf.tensor(labels, [labels.length], 'int32');
const yesOrNo = () => tf.tensor([1, 0, 0, 1, 1, 0], [3, 2]);
const dense = { yTrue: () => numbers([3, 2], 0.1, 3), yPred: () => numbers([3, 2], 0.2, 2.5) };

/** Every loss of labels and predictions: listed once, it gets all the checks. */
export const lossRegistry: Record<string, LossEntry> = {
  meanSquaredError: { loss: meanSquaredError, ...dense },
  meanAbsoluteError: { loss: meanAbsoluteError, ...dense },
  meanSquaredLogarithmicError: { loss: meanSquaredLogarithmicError, ...dense },
  meanAbsolutePercentageError: { loss: meanAbsolutePercentageError, ...dense },
  huber: { loss: huber, ...dense },
  binaryCrossentropy: { loss: binaryCrossentropy, yTrue: yesOrNo, yPred: () => numbers([3, 2], 0.1, 0.9) },
  'binaryCrossentropy of logits': {
    loss: binaryCrossentropy,
    yTrue: yesOrNo,
    yPred: () => numbers([3, 2]),
    options: { fromLogits: true },
  },
  binaryFocalCrossentropy: {
    loss: binaryFocalCrossentropy,
    yTrue: yesOrNo,
    yPred: () => numbers([3, 2]),
    options: { fromLogits: true },
  },
  categoricalCrossentropy: {
    loss: categoricalCrossentropy,
    yTrue: () => tf.oneHot(classes(1, 0, 2), 3),
    yPred: () => tf.softmax(numbers([3, 3])),
  },
  'categoricalCrossentropy of logits': {
    loss: categoricalCrossentropy,
    yTrue: () => classes(1, 0, 2),
    yPred: () => numbers([3, 3]),
    options: { fromLogits: true, labelSmoothing: 0.1 },
  },
  categoricalFocalCrossentropy: {
    loss: categoricalFocalCrossentropy,
    yTrue: () => classes(1, 0, 2),
    yPred: () => numbers([3, 3]),
    options: { fromLogits: true },
  },
  contrastiveLoss: { loss: contrastiveLoss, yTrue: () => tf.tensor1d([1, 0, 0]), yPred: () => numbers([3], 0.1, 1.4) },
  tripletLoss: { loss: tripletLoss, yTrue: () => classes(0, 1, 0, 1), yPred: () => numbers([4, 3], -0.5, 0.5) },
};

/** Any loss by its name, its inputs by theirs. */
export function callLoss(name: string, inputs: Record<string, tf.Tensor>, options: object): tf.Tensor {
  const of = (...names: string[]) => names.map((name) => inputs[name] as tf.Tensor);
  if (name === 'euclideanDistance') return euclideanDistance(...(of('a', 'b') as [tf.Tensor, tf.Tensor]), options);
  if (name === 'tripletMarginLoss') {
    return tripletMarginLoss(...(of('anchor', 'positive', 'negative') as [tf.Tensor, tf.Tensor, tf.Tensor]), options);
  }
  const { loss } = lossRegistry[name] as LossEntry;
  return loss(...(of('yTrue', 'yPred') as [tf.Tensor, tf.Tensor]), options);
}
