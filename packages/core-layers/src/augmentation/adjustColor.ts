import { defineOp, type HostCall, sizeOf } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkImages, checkTensor } from '../checkInputs';
import { elementwise } from '../kernels/elementwise';
import { composedColor } from './color/composed';
import { colorOnHost } from './color/host';
import { colorCode, meanCode } from './color/wgsl';

/**
 * Changes the colours of each image by numbers of its own, in this order, what leaves [0, 1] being cut off:
 *
 * - brightness `x ← b x`
 * - contrast `x ← c x + (1 − c) mean(grey)`, over the image
 * - saturation `x ← s x + (1 − s) grey`, with `grey = 0.2989 R + 0.587 G + 0.114 B`
 * - hue: turned by h, in full turns
 *
 * As torchvision's `adjust_brightness`, `adjust_contrast`, `adjust_saturation` and `adjust_hue`. Two dispatches on WebGPU; the
 * gradient is that of the formulas in plain ops. Images of one channel have brightness and contrast alone.
 *
 * @param x - float32, shape [B, H, W, 3] or [B, H, W, 1], numbers in [0, 1].
 * @param factors - float32, shape [B, 4]: brightness, contrast, saturation (1: as it is) and hue (0: as it is).
 * @returns a tensor of x's shape.
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const grey = adjustColor(x, tf.tensor([[1, 1, 0, 0]])); // of one image
 */
export function adjustColor(x: tf.Tensor, factors: tf.Tensor): tf.Tensor4D {
  const [B] = checkImages('adjustColor', 'x', x);
  checkColors('adjustColor', 'x', x.shape);
  checkTensor('adjustColor', 'factors', factors, 'float32', [B, 4]);
  return color({ x, factors }, {}).y as tf.Tensor4D;
}

/** One channel or three. */
export function checkColors(caller: string, argument: string, shape: readonly (number | null)[]): void {
  if (![1, 3].includes(shape.at(-1) ?? 3)) complain(caller, argument, 'of 1 or 3 channels', shape);
}

const color = /* @__PURE__ */ defineOp<'x' | 'factors', 'y', object>({
  name: 'core-layers/adjustColor',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x, factors }) => ({ y: composedColor(x, factors) }),
  webgpu({ inputs: { x } }) {
    const [B, H, W, C] = x.shape as [number, number, number, number];
    if (sizeOf(x.shape) === 0) return undefined;
    const integers = { plane: H * W, C };
    return {
      passes: [
        { ...meanCode, reads: ['x', 'factors'], writes: ['means'], groups: B, integers: { B, ...integers } },
        elementwise(B * H * W, { ...colorCode(C), reads: ['x', 'factors', 'means'], writes: ['y'], integers }),
      ],
      scratch: { means: { shape: [B], dtype: 'float32' } },
    };
  },
  cpu: onHost,
  wasm: onHost,
});

function onHost({ inputs: { x, factors }, outputs: { y }, shapes }: HostCall<'x' | 'factors', 'y', object>): void {
  colorOnHost(x, factors, y, shapes.x);
}
