import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { type BlockOptions, convolve } from './block';

export interface PointwiseConv2dOptions extends BlockOptions {
  /** How many channels come out. */
  filters: number;
  /** Default 1. */
  strides?: number;
}

/**
 * A 1 × 1 convolution: a dense layer over the channels of each place. Its part is `conv`.
 *
 * Reference: Lin, Chen, Yan, "Network in network", 2013.
 *
 * @example
 * const y = pointwiseConv2d(x, { filters: 64 });
 */
export function pointwiseConv2d(x: SymbolicTensor, options: PointwiseConv2dOptions): SymbolicTensor {
  const { filters, strides = 1 } = options;
  return convolve(x, 'conv', { filters, strides, kernelSize: 1, padding: 'valid' }, options);
}

export interface FactorizedConv2dOptions extends BlockOptions {
  /** How many channels come out. */
  filters: number;
  /** n, the length of both kernels. */
  kernelSize: number;
  /** Channels between the two. Default: filters. */
  middleFilters?: number;
  /** Whether the row, 1 × n, comes first (default) or the column, n × 1. */
  first?: 'row' | 'column';
}

/**
 * An n × n window in two steps, 1 × n and n × 1, with 2n weights a channel instead of n². Its parts are `row` and `column`.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016, §3.2.
 *
 * @example
 * const y = factorizedConv2d(x, { filters: 192, kernelSize: 7 });
 */
export function factorizedConv2d(x: SymbolicTensor, options: FactorizedConv2dOptions): SymbolicTensor {
  const { filters, kernelSize: n, middleFilters = filters, first = 'row' } = options;
  if (first !== 'row' && first !== 'column') complain('factorizedConv2d', 'first', 'row or column', first);
  const step = (x: SymbolicTensor, part: 'row' | 'column', filters: number) =>
    convolve(x, part, { filters, kernelSize: part === 'row' ? [1, n] : [n, 1], padding: 'same' }, options);
  return step(step(x, first, middleFilters), first === 'row' ? 'column' : 'row', filters);
}
