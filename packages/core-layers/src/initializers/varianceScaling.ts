import { randomNormal, randomUniform, truncatedNormal } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { registerAs } from '../registerAs';
import { type Draw, SeededInitializer } from './initializer';

export interface VarianceScalingArgs {
  /** The variance times the fan. Default 1. */
  scale?: number;
  /** The numbers that come into a unit, go out of it, or the mean of both. Default `fanIn`. */
  mode?: 'fanIn' | 'fanOut' | 'fanAvg';
  /** Default `truncatedNormal`, cut off at two standard deviations, as in Keras; PyTorch's is `normal`. */
  distribution?: 'uniform' | 'normal' | 'truncatedNormal';
  /** An integer in [0, 2⁵³). Default: in a layer of this package, one of the layer's own seed. */
  seed?: number;
}

/** The standard deviation of a standard normal number that is cut off at ±2. */
const TRUNCATED_STD = 0.8796256610342398;

/**
 * Numbers of mean 0 and variance `scale / fan`.
 *
 * Reference: Glorot, Bengio 2010; He et al. 2015; LeCun et al. 1998: see {@link heNormal} and its neighbours.
 *
 * @throws TypeError when an argument is none of those allowed.
 *
 * @example
 * // PyTorch's kaiming_normal_(mode='fan_out')
 * const kernelInitializer = new VarianceScaling({ scale: 2, mode: 'fanOut', distribution: 'normal', seed: 1 });
 */
export class VarianceScaling extends SeededInitializer {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>VarianceScaling');
  readonly seed: number | undefined;
  private readonly args: Required<Omit<VarianceScalingArgs, 'seed'>>;

  constructor({ scale = 1, mode = 'fanIn', distribution = 'truncatedNormal', seed }: VarianceScalingArgs = {}) {
    super();
    if (!(scale > 0 && scale < Infinity)) complain('VarianceScaling', 'scale', 'a number > 0', String(scale));
    oneOf('mode', mode, ['fanIn', 'fanOut', 'fanAvg']);
    oneOf('distribution', distribution, ['uniform', 'normal', 'truncatedNormal']);
    this.args = { scale, mode, distribution };
    this.seed = seed;
  }

  override draw(shape: number[], { seed, kernelShape }: Draw): tf.Tensor {
    const { scale, mode, distribution } = this.args;
    const std = Math.sqrt(scale / Math.max(1, fanOf(kernelShape, mode)));
    if (distribution === 'uniform') {
      const limit = Math.sqrt(3) * std;
      return randomUniform(shape, { seed, low: -limit, high: limit });
    }
    if (distribution === 'normal') return randomNormal(shape, { seed, std });
    const wide = std / TRUNCATED_STD;
    return truncatedNormal(shape, { seed, std: wide, low: -2 * wide, high: 2 * wide });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.args, ...(this.seed !== undefined && { seed: this.seed }) };
  }
}

/** Of a kernel [...window, inputs, outputs]; of a vector, its length. */
function fanOf(shape: readonly number[], mode: 'fanIn' | 'fanOut' | 'fanAvg'): number {
  const window = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  const [fanIn, fanOut] = [window * (shape.at(-2) ?? shape[0] ?? 1), window * (shape.at(-1) ?? 1)];
  return { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
}

function oneOf(argument: string, value: string, names: string[]): void {
  if (!names.includes(value)) complain('VarianceScaling', argument, `one of ${names.join(', ')}`, value);
}
