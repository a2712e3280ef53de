import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';

const reductions = ['mean', 'weightedMean', 'sum', 'none'] as const;

/**
 * How losses become one number; w are the weights, 1 where none are given, and only what counts is counted.
 *
 * - `mean`: `Σ w loss / N`, as Keras (`sum_over_batch_size`) and, without weights, PyTorch.
 * - `weightedMean`: `Σ w loss / Σ w`, as PyTorch with weights of classes, and scikit-learn.
 * - `sum`: `Σ w loss`.
 * - `none`: `w loss`, each by itself, as PyTorch. For losses of elements Keras then takes the mean over the last dimension.
 */
export type LossReduction = (typeof reductions)[number];

export interface LossOptions {
  /** Default `mean`. */
  reduction?: LossReduction;
  /** Of the losses' shape, or of its first dimensions: [batch] gives each sample one weight. */
  sampleWeight?: tf.Tensor;
}

/** Checks what `reduced` takes before anything is computed. */
export function checkReduction(
  caller: string,
  { reduction = 'mean', sampleWeight }: LossOptions,
  shape: readonly number[],
): void {
  if (!reductions.includes(reduction)) complain(caller, 'reduction', `one of ${reductions.join(', ')}`, reduction);
  if (sampleWeight === undefined) return;
  const rank = sampleWeight.rank;
  if (rank > shape.length || sampleWeight.shape.some((size, d) => size !== shape[d])) {
    complain(caller, 'sampleWeight', `of shape [${shape}] or its first dimensions`, `[${sampleWeight.shape}]`);
  }
}

/**
 * Losses with their weights, as one number or each by itself.
 *
 * @param losses - float32, of any shape.
 * @param counts - ones and zeros of that shape: which losses there are. All by default.
 */
export function reduced(
  losses: tf.Tensor,
  { reduction = 'mean', sampleWeight }: LossOptions,
  counts?: tf.Tensor,
): tf.Tensor {
  if (losses.size === 0) return reduction === 'none' ? tf.clone(losses) : tf.scalar(0);
  const weight = sampleWeight && weightOf(sampleWeight, losses.shape);
  const counted = counts === undefined ? losses : tf.mul(losses, counts);
  const weighted = weight === undefined ? counted : tf.mul(counted, weight);
  if (reduction === 'none') return weighted;
  const sum = tf.sum(weighted);
  if (reduction === 'sum') return sum;
  if (reduction === 'mean' || weight === undefined) {
    if (counts === undefined) return tf.div(sum, losses.size);
    return tf.div(sum, tf.maximum(tf.sum(counts), 1));
  }
  const all = tf.mul(counts ?? tf.ones(losses.shape), weight);
  return tf.div(sum, tf.maximum(tf.sum(all), LEAST));
}

/** Where all weights are 0 the mean is 0. */
const LEAST = 1e-30;

/** Weights with as many dimensions as the losses. */
function weightOf(weight: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const ones = shape.slice(weight.rank).map(() => 1);
  return tf.cast(tf.reshape(weight, [...weight.shape, ...ones]), 'float32');
}
