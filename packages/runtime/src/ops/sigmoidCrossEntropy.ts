import * as tf from '@tensorflow/tfjs-core';
import { defineOp } from '../tfjs/ops/defineOp';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { activationCode } from './activations/wgsl';
import { checkFloat, checkNumber, checkShape } from './check';
import { columnSums } from './kernels/columnSums';
import { elementwise } from './kernels/elementwise';
import { checkReduction, type Reduction } from './losses/reduction';

export interface SigmoidCrossEntropyOptions {
  /** The share of each target that is moved to ½, in [0, 1]. Default 0. */
  labelSmoothing?: number;
  /** `mean` over all numbers (default), `sum`, or `none`: a loss for each. */
  reduction?: Reduction;
}

/**
 * Cross entropy of independent yes-or-no labels, from logits: `log(1 + eˣ) − t x` with `t = (1 − ε) label + ε / 2`. One
 * dispatch on WebGPU (two for many numbers), one for its gradient.
 *
 * @param logits - float32, of any shape.
 * @param labels - float32, of that shape, in [0, 1].
 * @returns a scalar, or for `none` a tensor of that shape.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const loss = sigmoidCrossEntropy(discriminator.apply(images), tf.onesLike(scores));
 */
export function sigmoidCrossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor,
  { labelSmoothing = 0, reduction = 'mean' }: SigmoidCrossEntropyOptions = {},
): tf.Tensor {
  checkFloat('sigmoidCrossEntropy', 'logits', logits);
  checkShape('sigmoidCrossEntropy', 'labels', labels, logits.shape);
  checkNumber('sigmoidCrossEntropy', 'labelSmoothing', labelSmoothing, { least: 0, most: 1 });
  checkReduction('sigmoidCrossEntropy', reduction);
  return forward({ logits, labels }, { labelSmoothing, reduction }).loss;
}

interface Attributes {
  labelSmoothing: number;
  reduction: Reduction;
}

const targetsOf = (labels: tf.Tensor, smoothing: number) => tf.add(tf.mul(labels, 1 - smoothing), smoothing / 2);
const scaleOf = (size: number, reduction: Reduction) => (reduction === 'mean' && size > 0 ? 1 / size : 1);
const targetCode = 'let goal = params.own * labels[i] + params.half;';
const floatsOf = (size: number, { labelSmoothing, reduction }: Attributes) => ({
  alpha: 1,
  own: 1 - labelSmoothing,
  half: labelSmoothing / 2,
  scale: scaleOf(size, reduction),
});

const forward = /* @__PURE__ */ defineOp<'logits' | 'labels', 'loss', Attributes>({
  name: 'sigmoidCrossEntropy',
  outputs: ({ logits }, { reduction }) => ({
    loss: { shape: reduction === 'none' ? logits.shape : [], dtype: 'float32' },
  }),
  compose({ logits, labels }, { labelSmoothing, reduction }) {
    if (logits.size === 0) return { loss: reduction === 'none' ? logits : tf.scalar(0) };
    const losses = tf.sub(tf.softplus(logits), tf.mul(targetsOf(labels, labelSmoothing), logits));
    return { loss: reduction === 'none' ? losses : tf.mul(tf.sum(losses), scaleOf(logits.size, reduction)) };
  },
  webgpu({ inputs: { logits }, attributes }) {
    const size = sizeOf(logits.shape);
    if (size === 0) return undefined;
    const functions = activationCode('softplus');
    const value = 'activate(logits[i]) - goal * logits[i]';
    const floats = floatsOf(size, attributes);
    const reads = ['logits', 'labels'];
    if (attributes.reduction === 'none') {
      return elementwise(size, {
        functions,
        each: `${targetCode} loss[i] = ${value};`,
        reads,
        writes: ['loss'],
        floats,
      });
    }
    const each = `${targetCode} totals[0] += params.scale * (${value});`;
    return columnSums({ rows: size, columns: 1, functions, each, reads, sums: ['loss'], floats });
  },
  grad: {
    saves: ['logits', 'labels'],
    of: ({ loss: dLoss }, { logits, labels }, attributes) => ({
      logits: () => backward({ logits, labels, dLoss }, attributes).dLogits,
      labels() {
        const scale = (attributes.labelSmoothing - 1) * scaleOf(logits.size, attributes.reduction);
        return tf.mul(tf.mul(logits, scale), dLoss);
      },
    }),
  },
});

/** `(σ(x) − t) dLoss` */
const backward = /* @__PURE__ */ defineOp<'logits' | 'labels' | 'dLoss', 'dLogits', Attributes>({
  name: 'sigmoidCrossEntropyGrad',
  outputs: ({ logits }) => ({ dLogits: logits }),
  compose({ logits, labels, dLoss }, { labelSmoothing, reduction }) {
    const difference = tf.sub(tf.sigmoid(logits), targetsOf(labels, labelSmoothing));
    return { dLogits: tf.mul(tf.mul(difference, scaleOf(logits.size, reduction)), dLoss) };
  },
  webgpu: ({ inputs: { logits }, attributes }) =>
    elementwise(sizeOf(logits.shape), {
      functions: activationCode('sigmoid'),
      each: `${targetCode}
    dLogits[i] = params.scale * dLoss[${attributes.reduction === 'none' ? 'i' : '0'}] * (activate(logits[i]) - goal);`,
      reads: ['logits', 'labels', 'dLoss'],
      writes: ['dLogits'],
      floats: floatsOf(sizeOf(logits.shape), attributes),
    }),
});
