import * as tf from '@tensorflow/tfjs-core';
import { checkShare } from '../check';
import { type StochasticDepthOptions, stochasticDepth } from '../ops/stochasticDepth';
import { registerAs } from '../registerAs';
import { type CallArgs, only } from './layer';
import { RandomLayer, type RandomLayerArgs } from './randomLayer';

export interface StochasticDepthArgs extends RandomLayerArgs, Omit<StochasticDepthOptions, 'seed'> {}

/**
 * In training leaves a residual branch out at random: see {@link stochasticDepth}.
 *
 * Reference: Huang et al., "Deep networks with stochastic depth", 2016.
 *
 * @throws TypeError when the rate is not in [0, 1].
 *
 * @example
 * const y = tf.layers.add().apply([shortcut, new StochasticDepth({ rate: 0.1 }).apply(branch)]);
 */
export class StochasticDepth extends RandomLayer<Required<Omit<StochasticDepthOptions, 'seed'>>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>StochasticDepth');

  constructor(args: StochasticDepthArgs) {
    const { rate, mode = 'row' } = args;
    checkShare('StochasticDepth', 'rate', rate);
    super(args, { rate, mode });
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    const x = only(inputs);
    if (!kwargs.training || this.options.rate === 0) return tf.clone(x);
    return tf.tidy(() => stochasticDepth(x, { ...this.options, seed: this.seedOf(kwargs) }));
  }
}
