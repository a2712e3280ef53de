import * as tf from '@tensorflow/tfjs-core';
import { checkResponseNorm, type LocalResponseNormOptions, localResponseNorm } from '../ops/localResponseNorm';
import { registerAs } from '../registerAs';
import { only, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

export interface LocalResponseNormalizationArgs extends LayerArgs, LocalResponseNormOptions {}

/**
 * Divides each number by what its neighbours among the channels are: see {@link localResponseNorm}.
 *
 * Reference: Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural networks", 2012, §3.3.
 *
 * @throws TypeError when an argument is out of range.
 *
 * @example
 * const y = new LocalResponseNormalization({ k: 2, scaling: 'paper' }).apply(x); // AlexNet's
 */
export class LocalResponseNormalization extends TenonLayer<Required<LocalResponseNormOptions>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>LocalResponseNormalization');

  constructor(args: LocalResponseNormalizationArgs = {}) {
    const { size = 5, alpha = 1e-4, beta = 0.75, k = 1, scaling = 'torch' } = args;
    const options = { size, alpha, beta, k, scaling };
    checkResponseNorm('LocalResponseNormalization', options);
    super(args, options);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => localResponseNorm(only(inputs), this.options));
  }
}
