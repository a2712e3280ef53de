import { groupNorm, layerNorm, rmsNorm } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkCount, complain } from '../check';
import { instanceNorm } from '../ops/instanceNorm';
import { registerAs } from '../registerAs';
import { only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs } from './saved';

export interface NormalizationArgs extends LayerArgs {
  /** Added to the variance. */
  epsilon?: number;
  /** Whether channels are scaled by a learnt gamma. Default true. */
  scale?: boolean;
  /** Whether a learnt beta is added. Default true. */
  center?: boolean;
  /** Default `ones`. */
  gammaInitializer?: InitializerArg;
  /** Default `zeros`. */
  betaInitializer?: InitializerArg;
}

type Options = Filled<NormalizationArgs>;

/** Normalizes rows or images, and scales channels, the last dimension. */
abstract class Normalization<More extends object = object> extends TenonLayer<Options & More> {
  protected gamma?: LayerVariable;
  protected beta?: LayerVariable;

  constructor(caller: string, args: NormalizationArgs, defaults: { epsilon: number; center?: boolean }, more: More) {
    const { epsilon = defaults.epsilon, scale = true, center = defaults.center ?? true } = args;
    const { gammaInitializer = 'ones', betaInitializer = 'zeros' } = args;
    if (!(epsilon >= 0)) complain(caller, 'epsilon', 'a number ≥ 0', String(epsilon));
    super(args, { epsilon, scale, center, gammaInitializer, betaInitializer, ...more });
    this.supportsMasking = true;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { scale, center, gammaInitializer, betaInitializer } = this.options;
    const shape = [this.channelsOf(onlyShape(inputShape))];
    if (scale) this.gamma = this.addWeights('gamma', shape, { initializer: gammaInitializer });
    if (center) this.beta = this.addWeights('beta', shape, { initializer: betaInitializer });
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.normalize(only(inputs), this.gamma?.read(), this.beta?.read()));
  }

  protected abstract normalize(x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor;
}

/**
 * Layer normalization: rows, the last dimension, by their mean and variance; epsilon 1e-3, as in Keras.
 *
 * Reference: Ba, Kiros, Hinton, "Layer normalization", 2016.
 *
 * @throws TypeError when epsilon is below 0.
 *
 * @example
 * const y = new LayerNormalization({ epsilon: 1e-5 }).apply(x); // PyTorch's
 */
export class LayerNormalization extends Normalization {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>LayerNormalization');

  constructor(args: NormalizationArgs = {}) {
    super('LayerNormalization', args, { epsilon: 1e-3 }, {});
  }

  protected normalize(x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
    return layerNorm(x, gamma, beta, { epsilon: this.options.epsilon });
  }
}

/**
 * Root-mean-square normalization: rows, the last dimension, by their root mean square; epsilon 1e-6, as in Keras. It adds
 * nothing.
 *
 * Reference: Zhang, Sennrich, "Root mean square layer normalization", 2019.
 *
 * @throws TypeError when epsilon is below 0.
 *
 * @example
 * const y = new RMSNormalization().apply(x);
 */
export class RMSNormalization extends Normalization {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>RMSNormalization');

  constructor(args: Omit<NormalizationArgs, 'center' | 'betaInitializer'> = {}) {
    super('RMSNormalization', { ...args, center: false }, { epsilon: 1e-6 }, {});
  }

  protected normalize(x: tf.Tensor, gamma?: tf.Tensor): tf.Tensor {
    return rmsNorm(x, gamma, { epsilon: this.options.epsilon });
  }
}

export interface GroupNormalizationArgs extends NormalizationArgs {
  /** How many groups the channels are shared out over. Default 32. */
  groups?: number;
}

/**
 * Group normalization: the channels of each image in groups, over places and channels; epsilon 1e-3, as in Keras.
 *
 * Reference: Wu, He, "Group normalization", 2018.
 *
 * @throws TypeError when groups is no positive integer or epsilon below 0.
 *
 * @example
 * const y = new GroupNormalization({ groups: 8 }).apply(x);
 */
export class GroupNormalization extends Normalization<{ groups: number }> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>GroupNormalization');

  constructor(args: GroupNormalizationArgs = {}) {
    const { groups = 32 } = args;
    checkCount('GroupNormalization', 'groups', groups);
    super('GroupNormalization', args, { epsilon: 1e-3 }, { groups });
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = this.channelsOf(onlyShape(inputShape));
    const { groups } = this.options;
    if (channels % groups !== 0) complain('GroupNormalization', 'groups', `a divisor of ${channels} channels`, groups);
    super.build(inputShape);
  }

  protected normalize(x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
    return groupNorm(x, gamma, beta, this.options);
  }
}

/**
 * Instance normalization: each channel of each image over its places; epsilon 1e-5, as in PyTorch.
 *
 * Reference: Ulyanov, Vedaldi, Lempitsky, "Instance normalization", 2016.
 *
 * @throws TypeError when epsilon is below 0.
 *
 * @example
 * const y = new InstanceNormalization().apply(x);
 */
export class InstanceNormalization extends Normalization {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>InstanceNormalization');

  constructor(args: NormalizationArgs = {}) {
    super('InstanceNormalization', args, { epsilon: 1e-5 }, {});
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = onlyShape(inputShape);
    if (shape.length < 3) complain('InstanceNormalization', 'input', '[batch, ...places, channels]', shape);
    super.build(inputShape);
  }

  protected normalize(x: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
    return instanceNorm(x, gamma, beta, { epsilon: this.options.epsilon });
  }
}
