import { batchNorm } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkShare, complain } from '../check';
import { registerAs } from '../registerAs';
import { type CallArgs, only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs } from './saved';

/** What batch normalization is given, by itself or after a convolution. */
export interface BatchStatisticsArgs {
  /** The share of the running statistics that stays in each step, as in Keras: PyTorch's momentum of 0.1 is 0.9 here. */
  momentum?: number;
  /** Added to the variance. */
  epsilon?: number;
  /** Whether the running variance takes the batch's over n − 1, as in PyTorch, or over n, as in Keras. */
  unbiased?: boolean;
}

export interface BatchNormalizationArgs extends LayerArgs, BatchStatisticsArgs {
  /** Whether channels are scaled by a learnt gamma. Default true. */
  scale?: boolean;
  /** Whether a learnt beta is added. Default true. */
  center?: boolean;
  /** Default `ones`. */
  gammaInitializer?: InitializerArg;
  /** Default `zeros`. */
  betaInitializer?: InitializerArg;
}

/** The first statistics and affine weights of normalized channels. */
export interface NormWeights {
  gamma?: LayerVariable;
  beta?: LayerVariable;
  movingMean: LayerVariable;
  movingVariance: LayerVariable;
}

/** Checks what the running statistics are moved by. */
export function checkBatchStatistics(caller: string, { momentum = 0, epsilon = 1 }: BatchStatisticsArgs): void {
  checkShare(caller, 'momentum', momentum);
  if (!(epsilon > 0)) complain(caller, 'epsilon', 'a number > 0', String(epsilon));
}

/**
 * Batch normalization with Keras's defaults (momentum 0.99, epsilon 1e-3): channels, the last dimension, by the batch's
 * statistics in training, by running ones else. The running ones are overwritten where they are, so that a step can be
 * captured. When the layer is not trainable it normalizes by the running ones in training, too.
 *
 * `y = (x − mean) / √(variance + ε) · gamma + beta`
 *
 * Reference: Ioffe, Szegedy, "Batch normalization", 2015.
 *
 * @throws TypeError when momentum or epsilon is out of range.
 *
 * @example
 * const y = new BatchNormalization({ momentum: 0.9, epsilon: 1e-5, unbiased: true }).apply(x); // PyTorch's
 */
export class BatchNormalization extends TenonLayer<Filled<BatchNormalizationArgs>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>BatchNormalization');
  private weights_?: NormWeights;

  constructor(args: BatchNormalizationArgs = {}) {
    const { momentum = 0.99, epsilon = 1e-3, unbiased = false, scale = true, center = true } = args;
    const { gammaInitializer = 'ones', betaInitializer = 'zeros' } = args;
    checkBatchStatistics('BatchNormalization', { momentum, epsilon });
    super(args, { momentum, epsilon, unbiased, scale, center, gammaInitializer, betaInitializer });
    this.supportsMasking = true;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { scale, center, gammaInitializer, betaInitializer } = this.options;
    const shape = [this.channelsOf(onlyShape(inputShape))];
    this.weights_ = {
      ...(scale && { gamma: this.addWeights('gamma', shape, { initializer: gammaInitializer }) }),
      ...(center && { beta: this.addWeights('beta', shape, { initializer: betaInitializer }) }),
      movingMean: this.addWeights('moving_mean', shape, { initializer: 'zeros', trainable: false }),
      movingVariance: this.addWeights('moving_variance', shape, { initializer: 'ones', trainable: false }),
    };
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: CallArgs): tf.Tensor {
    const { gamma, beta, movingMean, movingVariance } = this.weights_ as NormWeights;
    const { momentum, epsilon, unbiased } = this.options;
    return tf.tidy(() =>
      batchNorm(only(inputs), gamma?.read(), beta?.read(), {
        training: training && this.trainable,
        runningMean: movingMean.read(),
        runningVariance: movingVariance.read(),
        momentum: 1 - momentum,
        epsilon,
        unbiased,
      }),
    );
  }
}
