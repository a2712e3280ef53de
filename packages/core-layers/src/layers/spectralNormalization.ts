import { overwrite } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { checkCount } from '../check';
import { spectralNorm } from '../ops/spectralNorm';
import { registerAs } from '../registerAs';
import type { CallArgs } from './layer';
import { KernelWrapper, type WrapperArgs } from './wrapper';

export interface SpectralNormalizationArgs extends WrapperArgs {
  /** Steps towards the largest singular value in each step of training. Default 1. */
  powerIterations?: number;
  /** Of the first vector: an integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * Divides the kernel of a layer by its largest singular value: `W / σ(W)`, W of shape [inputs, outputs]. The singular value
 * is followed by power iteration, one step a step of training; the vector is kept, and overwritten in place.
 *
 * Reference: Miyato, Kataoka, Koyama, Yoshida, "Spectral normalization for generative adversarial networks", 2018.
 *
 * @throws TypeError when the layer has no kernel.
 *
 * @example
 * const y = new SpectralNormalization({ layer: new Dense({ units: 8 }) }).apply(x);
 */
export class SpectralNormalization extends KernelWrapper<{ powerIterations: number }> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>SpectralNormalization');
  private vector?: LayerVariable;

  constructor(args: SpectralNormalizationArgs) {
    const { powerIterations = 1 } = args;
    checkCount('SpectralNormalization', 'powerIterations', powerIterations);
    super('SpectralNormalization', args, { powerIterations });
  }

  protected addOwnWeights(kernel: tf.Tensor): void {
    const shape = [kernel.shape.at(-1) as number];
    this.vector = this.addWeights('vector_u', shape, { initializer: 'leCunNormal', trainable: false });
  }

  protected kernelOf(kernel: tf.Tensor, { training = false }: CallArgs): tf.Tensor {
    const vector = (this.vector as LayerVariable).read() as tf.Variable;
    const iterations = training && this.trainable ? this.options.powerIterations : 0;
    return tf.tidy(() => {
      const { value, vector: next } = spectralNorm(kernel, vector, { iterations });
      if (iterations > 0) overwrite(vector, next);
      return value;
    });
  }
}
