import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { maxPoolWithArgmax } from '../ops/maxPoolWithArgmax';
import { maxUnpool } from '../ops/maxUnpool';
import { type PoolOptions, windowsOf } from '../ops/pooling/windows';
import { registerAs } from '../registerAs';
import { only, onlyShape, TenonLayer } from './layer';
import type { LayerArgs } from './saved';

export interface MaxPoolWithArgmaxArgs extends LayerArgs, Partial<PoolOptions> {}

/**
 * The largest number of each window and where it lies, two outputs: see {@link maxPoolWithArgmax}.
 *
 * @throws TypeError when an argument is out of range.
 *
 * @example
 * const [value, indices] = new MaxPoolWithArgmax({ poolSize: 2 }).apply(x) as tf.SymbolicTensor[];
 */
export class MaxPoolWithArgmax extends TenonLayer<Required<PoolOptions>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>MaxPoolWithArgmax');

  constructor(args: MaxPoolWithArgmaxArgs = {}) {
    const { poolSize = 2, strides = poolSize, padding = 'valid' } = args;
    const room = Number.MAX_SAFE_INTEGER;
    windowsOf('MaxPoolWithArgmax', [room, room], { poolSize, strides, padding });
    super(args, { poolSize, strides, padding });
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor[] {
    const { value, indices } = maxPoolWithArgmax(only(inputs), this.options);
    return [value, indices];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape[] {
    const [batch = null, height = null, width = null, channels = null] = onlyShape(inputShape);
    const room = Number.MAX_SAFE_INTEGER;
    const { pooled } = windowsOf(this.title, [height ?? room, width ?? room], this.options);
    const shape = [batch, height === null ? null : pooled[0], width === null ? null : pooled[1], channels];
    return [shape, shape];
  }
}

export interface MaxUnpoolArgs extends LayerArgs {
  /** Height and width of what comes out. */
  outputSize: readonly [height: number, width: number];
}

/**
 * Puts numbers back where {@link MaxPoolWithArgmax} took them from: its inputs are `[value, indices]`. See {@link maxUnpool}.
 *
 * Reference: Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2014, §2.1.
 *
 * @throws TypeError when outputSize is not two positive integers, or there are not two inputs.
 *
 * @example
 * const back = new MaxUnpool({ outputSize: [28, 28] }).apply([value, indices]);
 */
export class MaxUnpool extends TenonLayer<{ outputSize: readonly [number, number] }> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>MaxUnpool');

  constructor(args: MaxUnpoolArgs) {
    const { outputSize } = args;
    const sound = Array.isArray(outputSize) && outputSize.length === 2;
    if (!sound || !outputSize.every((n) => Number.isInteger(n) && n > 0)) {
      complain('MaxUnpool', 'outputSize', 'two positive integers', outputSize);
    }
    super(args, { outputSize });
  }

  protected override get rank(): number {
    return 4;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [value, indices] = [inputs].flat();
    if (value === undefined || indices === undefined) return complain(this.title, 'inputs', '[value, indices]', 'one');
    return tf.tidy(() => maxUnpool(value, tf.cast(indices, 'int32'), [...this.options.outputSize]));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch = null, , , channels = null] = onlyShape(inputShape);
    return [batch, ...this.options.outputSize, channels];
  }
}
