import type { Activation } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { squeezeExcite } from '../ops/squeezeExcite';
import { registerAs } from '../registerAs';
import { checkActivation } from './activation';
import { only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs } from './saved';

export interface SqueezeExciteArgs extends LayerArgs {
  /** How many channels there are for each one in the middle. Default 16. */
  ratio?: number;
  /** Default `relu`. */
  activation?: Activation;
  /** Default `sigmoid`. */
  gate?: Activation;
  /** Default true. */
  useBias?: boolean;
  /** Default `heNormal`. */
  kernelInitializer?: InitializerArg;
  /** Of the first weights: an integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * Weighs each channel by what all channels are on average: see {@link squeezeExcite}.
 *
 * Reference: Hu, Shen, Sun, "Squeeze-and-excitation networks", 2018.
 *
 * @throws TypeError when an argument is out of range.
 *
 * @example
 * const y = new SqueezeExcite({ ratio: 4 }).apply(x);
 */
export class SqueezeExcite extends TenonLayer<Filled<SqueezeExciteArgs>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>SqueezeExcite');
  private weights_?: Record<'reduce' | 'expand', LayerVariable> & {
    reduceBias?: LayerVariable;
    expandBias?: LayerVariable;
  };

  constructor(args: SqueezeExciteArgs = {}) {
    const { ratio = 16, activation = 'relu', gate = 'sigmoid', useBias = true, kernelInitializer = 'heNormal' } = args;
    if (!(ratio > 0)) complain('SqueezeExcite', 'ratio', 'a number > 0', String(ratio));
    checkActivation('SqueezeExcite', activation);
    checkActivation('SqueezeExcite', gate, 'gate');
    super(args, { ratio, activation, gate, useBias, kernelInitializer });
  }

  override build(inputShape: Shape | Shape[]): void {
    const { ratio, useBias, kernelInitializer: initializer } = this.options;
    const channels = this.channelsOf(onlyShape(inputShape));
    const middle = Math.max(1, Math.round(channels / ratio));
    const zeros = { initializer: 'zeros' } as const;
    this.weights_ = {
      reduce: this.addWeights('reduce_kernel', [channels, middle], { initializer }),
      ...(useBias && { reduceBias: this.addWeights('reduce_bias', [middle], zeros) }),
      expand: this.addWeights('expand_kernel', [middle, channels], { initializer }),
      ...(useBias && { expandBias: this.addWeights('expand_bias', [channels], zeros) }),
    };
    super.build(inputShape);
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { reduce, reduceBias, expand, expandBias } = this.weights_ as NonNullable<typeof this.weights_>;
    const weights = {
      reduce: reduce.read(),
      reduceBias: reduceBias?.read(),
      expand: expand.read(),
      expandBias: expandBias?.read(),
    };
    return tf.tidy(() => squeezeExcite(only(inputs), weights, this.options));
  }
}
