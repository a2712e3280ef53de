import { dropout } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkShare } from '../check';
import { registerAs } from '../registerAs';
import { type CallArgs, only } from './layer';
import { RandomLayer, type RandomLayerArgs } from './randomLayer';

export interface DropoutArgs extends RandomLayerArgs {
  /** The share of numbers that become 0, in [0, 1]. */
  rate: number;
}

/**
 * In training sets numbers to 0 at random and scales the others up: `y = x · mask / (1 − rate)`.
 *
 * Reference: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014.
 *
 * @throws TypeError when the rate is not in [0, 1].
 *
 * @example
 * const model = tf.sequential({ layers: [new Dropout({ rate: 0.5, inputShape: [8] })] });
 * const y = model.apply(x, { training: true, seed: 7 });
 */
export class Dropout extends RandomLayer<{ rate: number }> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Dropout');

  constructor(args: DropoutArgs) {
    checkShare('Dropout', 'rate', args.rate);
    super(args, { rate: args.rate });
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    const x = only(inputs);
    const { rate } = this.options;
    if (!kwargs.training || rate === 0) return tf.clone(x);
    return tf.tidy(() => dropout(x, { rate, seed: this.seedOf(kwargs) }));
  }
}
