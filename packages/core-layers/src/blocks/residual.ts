import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { Activation } from '../layers/activation';
import { SqueezeExcite, type SqueezeExciteArgs } from '../layers/squeezeExcite';
import { StochasticDepth } from '../layers/stochasticDepth';
import { type BlockOptions, convolve, partOf } from './block';

export interface ResidualOptions extends BlockOptions {
  /** Channels of the 3 × 3 convolutions; a residual block gives as many, a bottleneck `expansion` times as many. */
  filters: number;
  /** Of the 3 × 3 convolution that makes the image smaller. Default 1. */
  strides?: number;
  /** Whether the shortcut is a 1 × 1 convolution. Default: only where the shapes differ. */
  project?: boolean;
  /** Weighs the channels of the branch before it is added. */
  squeezeExcite?: Pick<SqueezeExciteArgs, 'ratio' | 'activation' | 'gate' | 'useBias'>;
  /** How likely the branch is to be left out in training. Default 0. */
  dropRate?: number;
}

export interface BottleneckOptions extends ResidualOptions {
  /** Default 4. */
  expansion?: number;
  /** Groups of the 3 × 3 convolution. Default 1. */
  groups?: number;
  /** Which convolution makes the image smaller: the 3 × 3 as in torchvision (default), or the first as in the paper. */
  stridesOn?: '3x3' | '1x1';
}

/**
 * Two 3 × 3 convolutions and a shortcut: `y = f(conv₂(conv₁(x)) + shortcut(x))`. Its parts are `conv1`, `conv2` and
 * `downsample`.
 *
 * Reference: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2016, fig. 5.
 *
 * @example
 * const y = residualBlock(x, { filters: 128, strides: 2 });
 */
export function residualBlock(x: SymbolicTensor, options: ResidualOptions): SymbolicTensor {
  const { filters, strides = 1 } = options;
  const first = convolve(x, 'conv1', { filters, kernelSize: 3, strides, padding: 1 }, options);
  return close(x, first, 'conv2', { filters, kernelSize: 3, padding: 1 }, options);
}

/**
 * A 1 × 1, a 3 × 3 and a 1 × 1 convolution and a shortcut: `y = f(conv₃(conv₂(conv₁(x))) + shortcut(x))`. Its parts are
 * `conv1`, `conv2`, `conv3` and `downsample`.
 *
 * Reference: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2016, fig. 5; with the strides on the
 * 3 × 3 it is torchvision's ("ResNet v1.5").
 *
 * @example
 * const y = bottleneckBlock(x, { filters: 64 }); // 256 channels
 */
export function bottleneckBlock(x: SymbolicTensor, options: BottleneckOptions): SymbolicTensor {
  const { filters, strides = 1, expansion = 4, groups = 1, stridesOn = '3x3' } = options;
  if (stridesOn !== '3x3' && stridesOn !== '1x1') complain('bottleneckBlock', 'stridesOn', '3x3 or 1x1', stridesOn);
  const [outer, inner] = stridesOn === '3x3' ? [1, strides] : [strides, 1];
  const first = convolve(x, 'conv1', { filters, kernelSize: 1, strides: outer, padding: 'valid' }, options);
  const window = { filters, kernelSize: 3, strides: inner, padding: 1, groups };
  const second = convolve(first, 'conv2', window, options);
  return close(x, second, 'conv3', { filters: filters * expansion, kernelSize: 1, padding: 'valid' }, options);
}

/** The last convolution of a branch and the shortcut beside it; one layer, where nothing stands between them. */
function close(
  x: SymbolicTensor,
  branch: SymbolicTensor,
  part: string,
  last: { filters: number; kernelSize: number; padding: number | 'valid' },
  options: ResidualOptions,
): SymbolicTensor {
  const { strides = 1, squeezeExcite, dropRate = 0, activation = 'relu', alpha } = options;
  const { project = strides !== 1 || x.shape.at(-1) !== last.filters } = options;
  const projection = { filters: last.filters, kernelSize: 1, strides, padding: 'valid' as const };
  const shortcut = project ? convolve(x, 'downsample', { ...projection, activation: 'linear' }, options) : x;
  if (squeezeExcite === undefined && dropRate === 0) return convolve([branch, shortcut], part, last, options);
  let y = convolve(branch, part, { ...last, activation: 'linear' }, options);
  if (squeezeExcite !== undefined) {
    y = new SqueezeExcite({ ...squeezeExcite, ...partOf(options, 'se') }).apply(y) as SymbolicTensor;
  }
  if (dropRate > 0) {
    y = new StochasticDepth({ rate: dropRate, ...partOf(options, 'drop') }).apply(y) as SymbolicTensor;
  }
  const { name: added } = partOf(options, 'add');
  const sum = layers.add(added === undefined ? {} : { name: added }).apply([y, shortcut]);
  const { name } = partOf(options, 'out');
  const last_ = { activation, ...(alpha !== undefined && { alpha }), ...(name !== undefined && { name }) };
  return new Activation(last_).apply(sum) as SymbolicTensor;
}
