import { maskedConv2d } from '@tenonjs/core-layers/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { Canvas, MaskedLayer } from './canvas';

/** Whole images, every place at once. */
export class ImageCanvas implements Canvas {
  readonly image: tf.Tensor4D;
  private readonly context: tf.Tensor2D | undefined;
  private readonly onInput: ((layer: MaskedLayer, x: tf.Tensor4D) => void) | undefined;

  /**
   * @param context - [B, numbers] or [1, numbers], where layers take one.
   * @param onInput - hears what each layer is given.
   */
  constructor(image: tf.Tensor4D, context?: tf.Tensor2D, onInput?: (layer: MaskedLayer, x: tf.Tensor4D) => void) {
    [this.image, this.context, this.onInput] = [image, context, onInput];
  }

  rows(make: () => tf.Tensor4D[]): tf.Tensor4D[] {
    return make();
  }

  vertical(layer: MaskedLayer, x: tf.Tensor4D): tf.Tensor4D {
    return this.raster(layer, x); // its mask says what it sees
  }

  raster(layer: MaskedLayer, x: tf.Tensor4D): tf.Tensor4D {
    this.onInput?.(layer, x);
    const { kernel, bias, mask, vertical, groups } = layer;
    const y = maskedConv2d(x, kernel, { bias, mask, vertical, groups });
    const given = contextBias(layer, this.context);
    return given ? (tf.add(y, given) as tf.Tensor4D) : y;
  }

  here(x: tf.Tensor4D): tf.Tensor4D {
    return x;
  }
}

/** What a context adds to a layer's sums: [B or 1, 1, 1, outputs]. */
export function contextBias({ contextKernel }: MaskedLayer, context?: tf.Tensor2D): tf.Tensor4D | undefined {
  if (!contextKernel || !context) return undefined;
  const sums = tf.matMul(context, contextKernel as unknown as tf.Tensor2D);
  return tf.reshape(sums, [context.shape[0], 1, 1, -1]);
}
