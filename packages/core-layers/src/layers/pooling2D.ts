import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { type AveragePool2DOptions, averagePool2d, maxPool2d, type Pool2DOptions, poolWindows } from '../ops/pool2d';
import { countOf } from '../ops/window';
import { registerAs } from '../registerAs';
import { only, onlyShape, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

export interface MaxPooling2DArgs extends LayerArgs, Pool2DOptions {}
export interface AveragePooling2DArgs extends LayerArgs, AveragePool2DOptions {}

/** [batch, height, width, channels] → the same with fewer places. */
function pooledShape(caller: string, options: Pool2DOptions, inputShape: Shape | Shape[]): Shape {
  const [batch = null, height = null, width = null, channels = null] = onlyShape(inputShape) as (number | null)[];
  const [rows, columns] = poolWindows(caller, options);
  return [batch, countOf(height, rows), countOf(width, columns), channels];
}

/**
 * The largest number of each window, with PyTorch's paddings in numbers and `ceilMode`: see {@link maxPool2d}.
 *
 * @throws TypeError when an argument is out of range.
 *
 * @example
 * const y = new MaxPooling2D({ poolSize: 3, strides: 2, ceilMode: true }).apply(x);
 */
export class MaxPooling2D extends TenonLayer<Pool2DOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>MaxPooling2D');

  constructor(args: MaxPooling2DArgs = {}) {
    const { poolSize = 2, strides = poolSize, padding = 'valid', ceilMode = false } = args;
    poolWindows('MaxPooling2D', { poolSize, strides, padding });
    super(args, { poolSize, strides, padding, ceilMode });
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => maxPool2d(only(inputs), this.options));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return pooledShape('MaxPooling2D', this.options, inputShape);
  }
}

/**
 * The mean of each window, with PyTorch's paddings in numbers, `ceilMode` and `countIncludePad`: see {@link averagePool2d}.
 *
 * @throws TypeError when an argument is out of range.
 *
 * @example
 * const y = new AveragePooling2D({ poolSize: 3, strides: 1, padding: 1 }).apply(x);
 */
export class AveragePooling2D extends TenonLayer<AveragePool2DOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>AveragePooling2D');

  constructor(args: AveragePooling2DArgs = {}) {
    const { poolSize = 2, strides = poolSize, padding = 'valid', ceilMode = false, countIncludePad = true } = args;
    poolWindows('AveragePooling2D', { poolSize, strides, padding });
    super(args, { poolSize, strides, padding, ceilMode, countIncludePad });
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => averagePool2d(only(inputs), this.options));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return pooledShape('AveragePooling2D', this.options, inputShape);
  }
}
