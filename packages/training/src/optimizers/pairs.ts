import type * as tf from '@tensorflow/tfjs-core';

/** Gradients as tfjs hands them to an optimizer. */
export type NamedGradients = Record<string, tf.Tensor> | { name: string; tensor: tf.Tensor }[];

/** Names and gradients in order; a variable that the loss does not see has none. */
export function pairsOf(gradients: NamedGradients): { name: string; tensor: tf.Tensor }[] {
  const pairs = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  return pairs.filter(({ tensor }) => tensor != null);
}
