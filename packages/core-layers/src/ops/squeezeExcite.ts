import { type Activation, dense } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkRank, complain } from '../check';

/** The two dense layers between which the channels are squeezed. */
export interface SqueezeExciteWeights {
  /** Shape [C, R]. */
  reduce: tf.Tensor;
  /** Shape [R]; none adds nothing. */
  reduceBias?: tf.Tensor | undefined;
  /** Shape [R, C]. */
  expand: tf.Tensor;
  /** Shape [C]; none adds nothing. */
  expandBias?: tf.Tensor | undefined;
}

export interface SqueezeExciteOptions {
  /** After the first layer. Default `relu`. */
  activation?: Activation;
  /** After the second. Default `sigmoid`. */
  gate?: Activation;
}

/**
 * Weighs each channel by what all channels are on average: `y = x · g(f(mean(x) · reduce + b₁) · expand + b₂)`.
 *
 * Reference: Hu, Shen, Sun, "Squeeze-and-excitation networks", 2018.
 *
 * @param x - float32, shape [batch, height, width, C].
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes do not fit.
 *
 * @example
 * const y = squeezeExcite(x, { reduce, expand });
 */
export function squeezeExcite(
  x: tf.Tensor,
  { reduce, reduceBias, expand, expandBias }: SqueezeExciteWeights,
  { activation = 'relu', gate = 'sigmoid' }: SqueezeExciteOptions = {},
): tf.Tensor {
  checkRank('squeezeExcite', 'x', x, 4);
  if (expand.shape.at(-1) !== x.shape[3]) {
    complain('squeezeExcite', 'expand', `of shape [R, ${x.shape[3]}], as x has channels`, expand.shape);
  }
  return tf.tidy(() => {
    const squeezed = dense(tf.mean(x, [1, 2]), reduce, reduceBias, { activation }); // [B, R]
    const weights = dense(squeezed, expand, expandBias, { activation: gate }); // [B, C]
    return tf.mul(x, tf.reshape(weights, [-1, 1, 1, weights.shape[1] as number]));
  });
}
