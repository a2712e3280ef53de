import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../../tfjs/ops/defineOp';
import { sizeOf, type TensorSpec } from '../../tfjs/ops/tensorSpec';
import { logSumExp, softmax } from './composed';
import { crossEntropyGradientPass, crossEntropyPasses } from './gpuKernels';
import { crossEntropyGradientOnHost, crossEntropyOnHost } from './hostKernels';
import type { CrossEntropyAttributes } from './reduction';

/** Rows whose label counts, 1 or 0, [...]; undefined when all do. */
function counted(labels: tf.Tensor, classes: number, ignored: number): tf.Tensor | undefined {
  if (labels.dtype !== 'int32') return undefined;
  const inside = tf.logicalAnd(
    tf.greaterEqual(labels, tf.scalar(0, 'int32')),
    tf.less(labels, tf.scalar(classes, 'int32')),
  );
  return tf.cast(tf.logicalAnd(inside, tf.notEqual(labels, tf.scalar(ignored, 'int32'))), 'float32');
}

/** The weight of each class in each row, [..., C]; 0 in rows that do not count. */
function targetsOf(logits: tf.Tensor, labels: tf.Tensor, { labelSmoothing, ignoredIndex }: CrossEntropyAttributes) {
  const classes = logits.shape.at(-1) as number;
  const counts = counted(labels, classes, ignoredIndex);
  if (counts === undefined) return tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / classes);
  const one = tf.equal(tf.expandDims(labels, -1), tf.range(0, classes, 1, 'int32'));
  const smooth = tf.add(tf.mul(tf.cast(one, 'float32'), 1 - labelSmoothing), labelSmoothing / classes);
  return tf.mul(smooth, tf.expandDims(counts, -1));
}

/** What a sum over rows is multiplied by: 1 over how many count, for the mean; 0 when none does. */
function scaleOf(logits: tf.Tensor, labels: tf.Tensor, { reduction, ignoredIndex }: CrossEntropyAttributes): tf.Tensor {
  const classes = logits.shape.at(-1) as number;
  const counts = counted(labels, classes, ignoredIndex);
  if (reduction !== 'mean') return tf.scalar(1);
  return counts === undefined ? tf.scalar(classes / logits.size) : tf.divNoNan(1, tf.sum(counts));
}

const scalar: TensorSpec = { shape: [], dtype: 'float32' };

export const crossEntropy = /* @__PURE__ */ defineOp<'logits' | 'labels', 'loss' | 'scale', CrossEntropyAttributes>({
  name: 'softmaxCrossEntropy',
  outputs: ({ logits }, { reduction }) => ({
    loss: reduction === 'none' ? { shape: logits.shape.slice(0, -1), dtype: 'float32' } : scalar,
    scale: scalar,
  }),
  compose({ logits, labels }, attributes) {
    const { reduction } = attributes;
    if (logits.size === 0) {
      return { loss: tf.zeros(reduction === 'none' ? logits.shape.slice(0, -1) : []), scale: tf.scalar(0) };
    }
    const targets = targetsOf(logits, labels, attributes);
    const scale = scaleOf(logits, labels, attributes);
    const losses = tf.sum(tf.mul(targets, tf.sub(logSumExp(logits), logits)), -1);
    return { loss: reduction === 'none' ? losses : tf.mul(tf.sum(losses), scale), scale };
  },
  webgpu: ({ inputs: { logits, labels }, attributes }) =>
    sizeOf(logits.shape) === 0 ? undefined : crossEntropyPasses(logits, labels, attributes),
  cpu: crossEntropyOnHost,
  wasm: crossEntropyOnHost,
  grad: {
    saves: ['logits', 'labels', 'scale'],
    of: ({ loss: dLoss }, { logits, labels, scale }, attributes) => ({
      logits: () => crossEntropyGradient({ logits, labels, dLoss, scale }, attributes).dLogits,
      labels() {
        const each = attributes.reduction === 'none' ? tf.expandDims(dLoss, -1) : tf.mul(dLoss, scale);
        return tf.mul(tf.mul(tf.sub(logSumExp(logits), logits), 1 - attributes.labelSmoothing), each);
      },
    }),
  },
});

/** `(softmax(x) Σ t − t) dLoss`, and for a mean over how many rows count. */
const crossEntropyGradient = /* @__PURE__ */ defineOp<
  'logits' | 'labels' | 'dLoss' | 'scale',
  'dLogits',
  CrossEntropyAttributes
>({
  name: 'softmaxCrossEntropyGrad',
  outputs: ({ logits }) => ({ dLogits: logits }),
  compose({ logits, labels, dLoss, scale }, attributes) {
    if (logits.size === 0) return { dLogits: logits };
    const targets = targetsOf(logits, labels, attributes);
    const difference = tf.sub(tf.mul(softmax(logits), tf.sum(targets, -1, true)), targets);
    const each = attributes.reduction === 'none' ? tf.expandDims(dLoss, -1) : tf.mul(dLoss, scale);
    return { dLogits: tf.mul(difference, each) };
  },
  webgpu: ({ inputs: { logits, labels }, attributes }) =>
    sizeOf(logits.shape) === 0 ? undefined : crossEntropyGradientPass(logits, labels, attributes),
  cpu: crossEntropyGradientOnHost,
  wasm: crossEntropyGradientOnHost,
});
