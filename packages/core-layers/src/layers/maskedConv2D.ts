import type { Activation } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkCount, complain } from '../check';
import { maskedConv2d } from '../ops/maskedConv2d';
import { registerAs } from '../registerAs';
import { checkActivation } from './activation';
import { only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs, RegularizerArg } from './saved';

export interface MaskedConv2DArgs extends LayerArgs {
  /** How many channels come out. */
  filters: number;
  /** Height and width of the kernel, odd; one number for both. */
  kernelSize: number | [height: number, width: number];
  /** `A` in a first layer, which must not see the place itself; `B` in all others. */
  mask: 'A' | 'B';
  /** Whole rows above decide, as in the vertical stack of a gated PixelCNN. Default false. */
  vertical?: boolean;
  /** So many groups of channels come one after the other. Default 1. */
  groups?: number;
  /** One of runtime's `activationNames`. Default `linear`. */
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
 * A convolution that sees what comes before a place alone, in the order of reading: {@link maskedConv2d} with weights.
 *
 * Reference: van den Oord, Kalchbrenner, Kavukcuoglu, "Pixel recurrent neural networks", 2016, §3.4.
 *
 * @throws TypeError when a size is no positive integer, the kernel's is even, or the mask has no such name.
 *
 * @example
 * const first = new MaskedConv2D({ filters: 32, kernelSize: 7, mask: 'A', activation: 'relu', inputShape: [28, 28, 1] });
 */
export class MaskedConv2D extends TenonLayer<Filled<MaskedConv2DArgs, 'kernelRegularizer'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>MaskedConv2D');
  kernel?: LayerVariable;
  bias?: LayerVariable;

  constructor(args: MaskedConv2DArgs) {
    const { filters, kernelSize, vertical = false, groups = 1, activation = 'linear', useBias = true } = args;
    // A saved model holds names in lower case.
    const mask = String(args.mask).toUpperCase() as 'A' | 'B';
    const { kernelInitializer = 'glorotUniform', biasInitializer = 'zeros', kernelRegularizer } = args;
    checkCount('MaskedConv2D', 'filters', filters);
    for (const size of sizesOf(kernelSize)) {
      if (!Number.isInteger(size) || size < 1 || size % 2 === 0) {
        complain('MaskedConv2D', 'kernelSize', 'one or two odd integers ≥ 1', kernelSize);
      }
    }
    if (mask !== 'A' && mask !== 'B') complain('MaskedConv2D', 'mask', "'A' or 'B'", String(args.mask));
    checkActivation('MaskedConv2D', activation);
    const initializers = { kernelInitializer, biasInitializer, kernelRegularizer };
    super(args, { filters, kernelSize, mask, vertical, groups, activation, useBias, ...initializers });
  }

  override build(inputShape: Shape | Shape[]): void {
    const { filters, kernelSize, useBias, kernelInitializer, biasInitializer, kernelRegularizer } = this.options;
    const kernelShape = [...sizesOf(kernelSize), this.channelsOf(onlyShape(inputShape)), filters];
    this.kernel = this.addWeights('kernel', kernelShape, {
      initializer: kernelInitializer,
      regularizer: kernelRegularizer,
    });
    if (useBias) this.bias = this.addWeights('bias', [filters], { initializer: biasInitializer, kernelShape });
    super.build(inputShape);
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { mask, vertical, groups, activation } = this.options;
    const kernel = (this.kernel as LayerVariable).read();
    return tf.tidy(() =>
      maskedConv2d(only(inputs), kernel, { mask, vertical, groups, activation, bias: this.bias?.read() }),
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...onlyShape(inputShape).slice(0, -1), this.options.filters];
  }
}

const sizesOf = (size: number | [number, number]): [number, number] => (typeof size === 'number' ? [size, size] : size);
