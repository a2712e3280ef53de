import * as tf from '@tensorflow/tfjs-core';
import { checkRank } from '../check';

export interface GlobalPool2DOptions {
  /** Whether the places stay, as 1 × 1. Default false. */
  keepDims?: boolean;
}

/**
 * The mean of each channel over all places: `y[c] = mean x[i, j, c]`.
 *
 * Reference: Lin, Chen, Yan, "Network in network", 2013.
 *
 * @param x - float32, shape [batch, height, width, channels].
 * @returns shape [batch, channels], or [batch, 1, 1, channels].
 * @throws TypeError when x has no four dimensions.
 *
 * @example
 * const features = globalAveragePool2d(x);
 */
export function globalAveragePool2d(x: tf.Tensor, { keepDims = false }: GlobalPool2DOptions = {}): tf.Tensor {
  checkRank('globalAveragePool2d', 'x', x, 4);
  return tf.mean(x, [1, 2], keepDims);
}

/**
 * The largest number of each channel over all places: `y[c] = max x[i, j, c]`.
 *
 * @param x - float32, shape [batch, height, width, channels].
 * @returns shape [batch, channels], or [batch, 1, 1, channels].
 * @throws TypeError when x has no four dimensions.
 *
 * @example
 * const strongest = globalMaxPool2d(x);
 */
export function globalMaxPool2d(x: tf.Tensor, { keepDims = false }: GlobalPool2DOptions = {}): tf.Tensor {
  checkRank('globalMaxPool2d', 'x', x, 4);
  return tf.max(x, [1, 2], keepDims);
}
