import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import { weightNorm } from '../ops/weightNorm';
import { registerAs } from '../registerAs';
import { KernelWrapper, type WrapperArgs } from './wrapper';

export interface WeightNormalizationArgs extends WrapperArgs {}

/**
 * Learns length and direction of each output's weights apart: `W = g · V / |V|`. It begins with the layer's own kernel.
 *
 * Reference: Salimans, Kingma, "Weight normalization", 2016.
 *
 * @throws TypeError when the layer has no kernel.
 *
 * @example
 * const y = new WeightNormalization({ layer: new Dense({ units: 8 }) }).apply(x);
 */
export class WeightNormalization extends KernelWrapper {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>WeightNormalization');
  private lengths?: LayerVariable;

  constructor(args: WeightNormalizationArgs) {
    super('WeightNormalization', args, {});
  }

  protected addOwnWeights(kernel: tf.Tensor): void {
    const shape = [kernel.shape.at(-1) as number];
    const lengths = this.addWeights('g', shape, { initializer: initializers.ones() });
    tf.tidy(() => {
      lengths.write(tf.norm(tf.reshape(kernel, [-1, ...shape]), 2, 0));
    });
    this.lengths = lengths;
  }

  protected kernelOf(kernel: tf.Tensor): tf.Tensor {
    return weightNorm(kernel, (this.lengths as LayerVariable).read());
  }
}
