import { type Activation, dense } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkCount } from '../check';
import { registerAs } from '../registerAs';
import { checkActivation } from './activation';
import { only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs, RegularizerArg } from './saved';

export interface DenseArgs extends LayerArgs {
  /** How many numbers come out. */
  units: number;
  /** One of runtime's `activationNames`. Default `linear`. */
  activation?: Activation;
  /** The slope or height on the negative side, of leakyRelu and elu. */
  alpha?: number;
  /** Default true. */
  useBias?: boolean;
  /** Default `glorotUniform`, Keras's. */
  kernelInitializer?: InitializerArg;
  /** Default `zeros`. */
  biasInitializer?: InitializerArg;
  kernelRegularizer?: RegularizerArg;
  biasRegularizer?: RegularizerArg;
  /** Of the first weights: an integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * `y = f(x · kernel + bias)`, over the last dimension of x: bias and activation are one dispatch.
 *
 * @throws TypeError when units is no positive integer.
 *
 * @example
 * const model = tf.sequential({ layers: [new Dense({ units: 10, activation: 'relu', inputShape: [4] })] });
 */
export class Dense extends TenonLayer<Filled<DenseArgs, 'alpha' | 'kernelRegularizer' | 'biasRegularizer'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Dense');
  kernel?: LayerVariable;
  bias?: LayerVariable;

  constructor(args: DenseArgs) {
    const { units, activation = 'linear', alpha, useBias = true } = args;
    checkCount('Dense', 'units', units);
    checkActivation('Dense', activation);
    const { kernelInitializer = 'glorotUniform', biasInitializer = 'zeros', kernelRegularizer, biasRegularizer } = args;
    const initializers = { kernelInitializer, biasInitializer };
    super(args, { units, activation, alpha, useBias, ...initializers, kernelRegularizer, biasRegularizer });
    this.supportsMasking = true;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { units, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer } = this.options;
    const kernelShape = [this.channelsOf(onlyShape(inputShape)), units];
    this.kernel = this.addWeights('kernel', kernelShape, {
      initializer: kernelInitializer,
      regularizer: kernelRegularizer,
    });
    if (useBias) {
      this.bias = this.addWeights('bias', [units], {
        initializer: biasInitializer,
        regularizer: biasRegularizer,
        kernelShape,
      });
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { activation, alpha } = this.options;
    return tf.tidy(() =>
      dense(only(inputs), (this.kernel as LayerVariable).read(), this.bias?.read(), {
        activation,
        ...(alpha !== undefined && { alpha }),
      }),
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...onlyShape(inputShape).slice(0, -1), this.options.units];
  }
}
