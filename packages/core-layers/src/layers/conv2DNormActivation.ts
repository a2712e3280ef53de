import { type Activation, conv2d } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkCount, complain } from '../check';
import { checkPair } from '../checkInputs';
import { checkPadding, countOf, type Padding2D, type Pair, windowsOf } from '../ops/window';
import { registerAs } from '../registerAs';
import { checkActivation } from './activation';
import { type BatchStatisticsArgs, checkBatchStatistics, type NormWeights } from './batchNormalization';
import { type CallArgs, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs, RegularizerArg } from './saved';

export interface Conv2DNormActivationArgs extends LayerArgs, BatchStatisticsArgs {
  /** How many channels come out. */
  filters: number;
  /** Height and width of the kernel. Default 3. */
  kernelSize?: Pair;
  /** Default 1. */
  strides?: Pair;
  /** Default `same`; PyTorch's paddings are numbers. */
  padding?: Padding2D;
  /** Default 1. */
  dilationRate?: Pair;
  /** The channels are shared out over so many convolutions side by side. Default 1. */
  groups?: number;
  /** Default: only without normalization. */
  useBias?: boolean;
  /** Default `batch`. */
  normalization?: 'batch' | 'none';
  /** Whether normalized channels are scaled by a learnt gamma. Default true. */
  scale?: boolean;
  /** One of runtime's `activationNames`. Default `relu`. */
  activation?: Activation;
  /** The slope or height on the negative side, of leakyRelu and elu. */
  alpha?: number;
  /** Default `heNormal`. */
  kernelInitializer?: InitializerArg;
  /** Default `zeros`. */
  biasInitializer?: InitializerArg;
  /** Default `ones`; `zeros` in a residual branch begins with the identity. */
  gammaInitializer?: InitializerArg;
  /** Default `zeros`. */
  betaInitializer?: InitializerArg;
  kernelRegularizer?: RegularizerArg;
  /** Of the first weights: an integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * A convolution, its normalization, a residual where there is one, and an activation, fused:
 * `y = f(norm(conv(x) + bias) + residual)`. Its input is x, or `[x, residual]`.
 *
 * The defaults of the normalization are PyTorch's: momentum 0.9 (the share that stays), epsilon 1e-5, unbiased. Running
 * statistics are overwritten where they are; when the layer is not trainable they are used in training, too.
 *
 * Reference: the block of the same name in torchvision; Ioffe, Szegedy, "Batch normalization", 2015.
 *
 * @throws TypeError when an argument is out of range, or the groups divide the channels not.
 *
 * @example
 * const y = new Conv2DNormActivation({ filters: 64, kernelSize: 7, strides: 2, padding: 3 }).apply(x);
 * const z = new Conv2DNormActivation({ filters: 64, padding: 1 }).apply([y, shortcut]); // relu(norm(conv(y)) + shortcut)
 */
export class Conv2DNormActivation extends TenonLayer<Filled<Conv2DNormActivationArgs, 'alpha' | 'kernelRegularizer'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Conv2DNormActivation');
  kernel?: LayerVariable;
  bias?: LayerVariable;
  private norm?: NormWeights;

  constructor(args: Conv2DNormActivationArgs) {
    const { filters, kernelSize = 3, strides = 1, padding = 'same', dilationRate = 1, groups = 1 } = args;
    const { normalization = 'batch', useBias = normalization === 'none', activation = 'relu', alpha } = args;
    const { scale = true, momentum = 0.9, epsilon = 1e-5, unbiased = true } = args;
    const { kernelInitializer = 'heNormal', biasInitializer = 'zeros' } = args;
    const { gammaInitializer = 'ones', betaInitializer = 'zeros', kernelRegularizer } = args;
    checkCount('Conv2DNormActivation', 'filters', filters);
    checkActivation('Conv2DNormActivation', activation);
    checkCount('Conv2DNormActivation', 'groups', groups);
    if (filters % groups !== 0) complain('Conv2DNormActivation', 'groups', `a divisor of ${filters} filters`, groups);
    checkPair('Conv2DNormActivation', 'kernelSize', kernelSize);
    checkPair('Conv2DNormActivation', 'strides', strides);
    checkPair('Conv2DNormActivation', 'dilationRate', dilationRate);
    checkPadding('Conv2DNormActivation', padding);
    checkBatchStatistics('Conv2DNormActivation', { momentum, epsilon });
    if (normalization !== 'batch' && normalization !== 'none') {
      complain('Conv2DNormActivation', 'normalization', 'batch or none', normalization);
    }
    const convolution = { filters, kernelSize, strides, padding, dilationRate, groups, useBias };
    const initializers = { kernelInitializer, biasInitializer, gammaInitializer, betaInitializer };
    const statistics = { normalization, scale, momentum, epsilon, unbiased };
    super(args, { ...convolution, ...statistics, activation, alpha, ...initializers, kernelRegularizer });
  }

  override build(inputShape: Shape | Shape[]): void {
    const { filters, kernelSize, groups, useBias, normalization, scale, biasInitializer, kernelRegularizer } =
      this.options;
    const channels = this.channelsOf(onlyShape(inputShape));
    if (channels % groups !== 0) complain(this.title, 'groups', `a divisor of ${channels} channels`, groups);
    this.checkResidual(inputShape);
    const kernelShape = [...checkPair(this.title, 'kernelSize', kernelSize), channels / groups, filters];
    this.kernel = this.addWeights('kernel', kernelShape, {
      initializer: this.options.kernelInitializer,
      regularizer: kernelRegularizer,
    });
    if (useBias) this.bias = this.addWeights('bias', [filters], { initializer: biasInitializer, kernelShape });
    if (normalization === 'batch') {
      this.norm = {
        ...(scale && { gamma: this.addWeights('gamma', [filters], { initializer: this.options.gammaInitializer }) }),
        beta: this.addWeights('beta', [filters], { initializer: this.options.betaInitializer }),
        movingMean: this.addWeights('moving_mean', [filters], { initializer: 'zeros', trainable: false }),
        movingVariance: this.addWeights('moving_variance', [filters], { initializer: 'ones', trainable: false }),
      };
    }
    super.build(inputShape);
  }

  /** What is added must have the sizes of what it is added to, as far as they are known. */
  private checkResidual(inputShape: Shape | Shape[]): void {
    const residual = inputShape[1];
    if (!Array.isArray(residual)) return;
    const own = this.computeOutputShape(inputShape);
    const differs = own.some((size, d) => size !== null && residual[d] !== null && size !== residual[d]);
    if (differs)
      complain(
        this.title,
        'residual',
        `[${own.slice(1)}] after the batch, as the convolution gives`,
        residual.slice(1),
      );
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: CallArgs): tf.Tensor {
    const [x, residual] = [inputs].flat() as [tf.Tensor, tf.Tensor?];
    const { strides, padding, dilationRate, groups, activation, alpha, momentum, epsilon, unbiased } = this.options;
    const { kernel, bias, norm } = this;
    const statistics = norm && {
      ...(norm.gamma && { gamma: norm.gamma.read() }),
      ...(norm.beta && { beta: norm.beta.read() }),
      runningMean: norm.movingMean.read(),
      runningVariance: norm.movingVariance.read(),
      momentum: 1 - momentum,
      epsilon,
      unbiased,
    };
    return tf.tidy(() =>
      conv2d(x, (kernel as LayerVariable).read(), {
        ...(bias && { bias: bias.read() }),
        ...(statistics && { norm: statistics }),
        ...(residual && { residual }),
        ...(alpha !== undefined && { alpha }),
        training: training && this.trainable,
        strides,
        padding,
        dilations: dilationRate,
        groups,
        activation,
      }),
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { filters, kernelSize, strides, padding, dilationRate } = this.options;
    const [batch = null, height = null, width = null] = onlyShape(inputShape);
    const pair = (argument: string, value: Pair) => checkPair(this.title, argument, value);
    const [rows, columns] = windowsOf(
      pair('kernelSize', kernelSize),
      pair('strides', strides),
      pair('dilationRate', dilationRate),
      padding,
    );
    return [batch, countOf(height, rows), countOf(width, columns), filters];
  }
}
