import type { Activation } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkCount } from '../check';
import { convTranspose1d, transposedLength } from '../ops/convTranspose1d';
import { registerAs } from '../registerAs';
import { checkActivation } from './activation';
import { only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs, RegularizerArg } from './saved';

export interface Conv1DTransposeArgs extends LayerArgs {
  /** How many channels come out. */
  filters: number;
  kernelSize: number;
  /** Default 1. */
  strides?: number;
  /** Default `valid`; PyTorch's paddings are numbers. */
  padding?: 'same' | 'valid' | number;
  /** Default 0. */
  outputPadding?: number;
  /** Default 1. */
  dilationRate?: number;
  /** Default `linear`. */
  activation?: Activation;
  /** Default true. */
  useBias?: boolean;
  /** Default `glorotUniform`. */
  kernelInitializer?: InitializerArg;
  /** Default `zeros`. */
  biasInitializer?: InitializerArg;
  kernelRegularizer?: RegularizerArg;
  /** Of the first weights: an integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * The transpose of a convolution over time, [batch, T, inputs] → [batch, length, filters]: see {@link convTranspose1d}. As in
 * PyTorch and unlike Keras, `valid` is never longer than what the kernel reaches.
 *
 * @throws TypeError when an argument is out of range.
 *
 * @example
 * const twiceAsLong = new Conv1DTranspose({ filters: 8, kernelSize: 4, strides: 2, padding: 'same' }).apply(x);
 */
export class Conv1DTranspose extends TenonLayer<Filled<Conv1DTransposeArgs, 'kernelRegularizer'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Conv1DTranspose');
  kernel?: LayerVariable;
  bias?: LayerVariable;

  constructor(args: Conv1DTransposeArgs) {
    const { filters, kernelSize, strides = 1, padding = 'valid', outputPadding = 0, dilationRate = 1 } = args;
    const { activation = 'linear', useBias = true, kernelRegularizer } = args;
    const { kernelInitializer = 'glorotUniform', biasInitializer = 'zeros' } = args;
    checkCount('Conv1DTranspose', 'filters', filters);
    checkCount('Conv1DTranspose', 'kernelSize', kernelSize);
    checkActivation('Conv1DTranspose', activation);
    const window = { strides, padding, outputPadding };
    const much = 2 * (typeof padding === 'number' ? padding : 0) + 1; // so many numbers are not all cut off
    transposedLength('Conv1DTranspose', much, kernelSize, { ...window, dilation: dilationRate });
    const initializers = { kernelInitializer, biasInitializer, kernelRegularizer };
    super(args, { filters, kernelSize, ...window, dilationRate, activation, useBias, ...initializers });
  }

  override build(inputShape: Shape | Shape[]): void {
    const { filters, kernelSize, useBias, biasInitializer, kernelInitializer, kernelRegularizer } = this.options;
    const kernelShape = [kernelSize, filters, this.channelsOf(onlyShape(inputShape))];
    this.kernel = this.addWeights('kernel', kernelShape, {
      initializer: kernelInitializer,
      regularizer: kernelRegularizer,
    });
    if (useBias) this.bias = this.addWeights('bias', [filters], { initializer: biasInitializer, kernelShape });
    super.build(inputShape);
  }

  protected override get rank(): number {
    return 3;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const kernel = (this.kernel as LayerVariable).read();
    return tf.tidy(() =>
      convTranspose1d(only(inputs), kernel, {
        ...this.options,
        dilation: this.options.dilationRate,
        bias: this.bias?.read(),
      }),
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { filters, kernelSize, dilationRate: dilation } = this.options;
    const [batch = null, time = null] = onlyShape(inputShape);
    if (time === null) return [batch, null, filters];
    return [batch, transposedLength(this.title, time, kernelSize, { ...this.options, dilation }).length, filters];
  }
}
