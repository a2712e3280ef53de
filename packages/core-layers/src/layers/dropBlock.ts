import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkShare } from '../check';
import { type DropBlockOptions, dropBlock } from '../ops/dropBlock';
import { registerAs } from '../registerAs';
import { type CallArgs, only } from './layer';
import { RandomLayer, type RandomLayerArgs } from './randomLayer';

export interface DropBlockArgs extends RandomLayerArgs, Omit<DropBlockOptions, 'seed'> {}

/**
 * In training sets squares of each channel to 0 at random: see {@link dropBlock}.
 *
 * Reference: Ghiasi, Lin, Le, "DropBlock: a regularization method for convolutional networks", 2018.
 *
 * @throws TypeError when rate or block size are out of range.
 *
 * @example
 * const y = new DropBlock({ rate: 0.1, blockSize: 7 }).apply(x);
 */
export class DropBlock extends RandomLayer<Omit<DropBlockOptions, 'seed'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>DropBlock');

  constructor(args: DropBlockArgs) {
    const { rate, blockSize } = args;
    checkShare('DropBlock', 'rate', rate);
    checkCount('DropBlock', 'blockSize', blockSize);
    super(args, { rate, blockSize });
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    const x = only(inputs);
    if (!kwargs.training || this.options.rate === 0) return tf.clone(x);
    return tf.tidy(() => dropBlock(x, { ...this.options, seed: this.seedOf(kwargs) }));
  }
}
