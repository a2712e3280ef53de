import type * as tf from '@tensorflow/tfjs-core';
import { checkFloat, checkNumber, checkShape, complain } from './check';
import { affineActivation } from './normalize/affineActivation';
import { normalizeByBatch } from './normalize/normalizeByBatch';

export interface BatchNormOptions {
  /** Whether to normalise by the batch's own statistics. Default true. */
  training?: boolean;
  /** Shape [C]: in training a variable that is updated in place, else what to normalise by. */
  runningMean?: tf.Tensor;
  /** Shape [C]; as runningMean. */
  runningVariance?: tf.Tensor;
  /** How far the running statistics go towards the batch's: `r ← (1 − m) r + m s`. Default 0.1, PyTorch's. */
  momentum?: number;
  /** Whether the running variance takes the batch's variance over n − 1, as PyTorch does (default), or over n, as Keras. */
  unbiased?: boolean;
  /** Added to the variance. Default 1e-5. */
  epsilon?: number;
}

/**
 * Batch normalisation: each channel by its mean and variance over all other dimensions, or, when not training, by running
 * ones. On WebGPU two dispatches (three when there are many rows) and one for the running statistics, which are
 * overwritten in place; two or three for the gradients; one when not training.
 *
 * `y = (x − mean) / √(variance + ε) · gamma + beta`
 *
 * Keras's running statistics are `{ momentum: 0.01, unbiased: false, epsilon: 1e-3 }`: its momentum counts the other way.
 *
 * Reference: Ioffe, Szegedy, "Batch normalization", 2015.
 *
 * @param x - float32, shape [..., C].
 * @param gamma - shape [C]; none is 1.
 * @param beta - shape [C]; none is 0.
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes do not fit, or a running statistic is missing or no variable.
 *
 * @example
 * const y = batchNorm(x, gamma, beta, { runningMean, runningVariance });
 * const z = batchNorm(x, gamma, beta, { training: false, runningMean, runningVariance });
 */
export function batchNorm(
  x: tf.Tensor,
  gamma: tf.Tensor | undefined,
  beta: tf.Tensor | undefined,
  {
    training = true,
    runningMean,
    runningVariance,
    momentum = 0.1,
    unbiased = true,
    epsilon = 1e-5,
  }: BatchNormOptions = {},
): tf.Tensor {
  checkFloat('batchNorm', 'x', x, 2);
  checkNumber('batchNorm', 'epsilon', epsilon, { least: 0 });
  checkNumber('batchNorm', 'momentum', momentum, { least: 0, most: 1 });
  const columns = x.shape.at(-1) as number;
  for (const [name, tensor] of Object.entries({ gamma, beta, runningMean, runningVariance })) {
    checkShape('batchNorm', name, tensor, [columns]);
  }
  if ((runningMean === undefined) !== (runningVariance === undefined)) {
    complain('batchNorm', 'runningMean and runningVariance', 'given both or neither', 'one');
  }
  const attributes = { epsilon, activation: 'linear', alpha: 1 } as const;
  if (!training) {
    if (runningMean === undefined) return complain('batchNorm', 'runningMean', 'given when not training', 'none');
    const statistics = { mean: runningMean, variance: runningVariance as tf.Tensor };
    return affineActivation({ x, gamma, beta, ...statistics }, attributes).y;
  }
  const running = { runningMean, runningVariance, momentum, unbiased };
  return normalizeByBatch('batchNorm', { x, gamma, beta }, attributes, running);
}
