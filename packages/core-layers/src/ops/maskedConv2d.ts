import { type Activation, biasActivation, conv2d } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { type CausalMask, isSeen, type KernelShape, type Taps, tapsSeen } from './masked/causalMask';

export interface MaskedConv2dOptions extends CausalMask {
  /** Shape [outputs]. */
  bias?: tf.Tensor | undefined;
  /** Default: `linear`. */
  activation?: Activation | undefined;
}

/**
 * A convolution of images whose places are decided by what comes before them alone, in the order of reading: the kernel's
 * taps on what comes later count as zeros. `y = f(conv(x, kernel ∘ mask) + bias)`, of stride 1, with zeros around the image.
 *
 * Taps that no output sees are not computed: the kernel is cut to the others, and the zeros around the image with it. A
 * stack of such layers with square kernels never sees what stands to the right above a place (its blind spot); a vertical
 * stack beside one of kernels of a single row does.
 *
 * Reference: van den Oord, Kalchbrenner, Kavukcuoglu, "Pixel recurrent neural networks", 2016, §3.4; van den Oord et al.,
 * "Conditional image generation with PixelCNN decoders", 2016, §2.2.
 *
 * @param x - float32, shape [B, H, W, inputs].
 * @param kernel - shape [height, width, inputs, outputs], height and width odd.
 * @param options.mask - `A` in a first layer, which must not see the place itself; `B` in all others.
 * @param options.groups - must divide inputs and outputs.
 * @returns shape [B, H, W, outputs].
 * @throws TypeError when shapes do not fit, a size is even, or the mask has no such name.
 *
 * @example
 * const first = maskedConv2d(images, kernel, { mask: 'A', bias, activation: 'relu' });
 */
export function maskedConv2d(x: tf.Tensor, kernel: tf.Tensor, options: MaskedConv2dOptions): tf.Tensor4D {
  check(x, kernel, options);
  const shape = kernel.shape as unknown as KernelShape;
  return tf.tidy(() => {
    const taps = tapsSeen(shape, options);
    if (taps) return convolve(x as tf.Tensor4D, seenKernel(kernel, options, taps), shape, taps, options);
    return activated(nothing(x as tf.Tensor4D, kernel), options);
  });
}

/** The part of a kernel that is seen, zeros within it where an output does not see an input. */
export function seenKernel(kernel: tf.Tensor, mask: CausalMask, { rows, columns }: Taps): tf.Tensor4D {
  const shape = kernel.shape as unknown as KernelShape;
  const [, , inputs, outputs] = shape;
  const size: [number, number, number, number] = [rows[1] - rows[0] + 1, columns[1] - columns[0] + 1, inputs, outputs];
  const isWhole = size.every((length, i) => length === shape[i]);
  const part = isWhole ? kernel : tf.slice(kernel, [rows[0], columns[0], 0, 0], size);
  const isMasked = (mask.groups ?? 1) > 1 || !isSeen(shape, mask, [rows[1], columns[1], 0, 0]);
  if (!isMasked) return part as tf.Tensor4D;
  // Of one group, what one output sees all see.
  const perPair = (mask.groups ?? 1) > 1;
  const [ins, outs] = perPair ? [inputs, outputs] : [1, 1];
  const ones = new Float32Array(size[0] * size[1] * ins * outs);
  let at = 0;
  for (let row = rows[0]; row <= rows[1]; row++)
    for (let column = columns[0]; column <= columns[1]; column++)
      for (let input = 0; input < ins; input++)
        for (let output = 0; output < outs; output++) {
          ones[at++] = isSeen(shape, mask, [row, column, input, output]) ? 1 : 0;
        }
  return tf.mul(part, tf.tensor4d(ones, [size[0], size[1], ins, outs])) as tf.Tensor4D;
}

/** The convolution with the taps of a window; where the window ends before the middle, what it never meets is cut off. */
function convolve(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  [height, width]: KernelShape,
  taps: Taps,
  options: MaskedConv2dOptions,
): tf.Tensor4D {
  const [B, H, W, C] = x.shape;
  const [top, bottom] = [(height - 1) / 2 - taps.rows[0], taps.rows[1] - (height - 1) / 2];
  const [left, right] = [(width - 1) / 2 - taps.columns[0], taps.columns[1] - (width - 1) / 2];
  const [rows, columns] = [H + Math.min(bottom, 0), W + Math.min(right, 0)];
  if (B * H * W === 0 || rows === 0 || columns === 0) return activated(nothing(x, kernel), options);
  const met = rows === H && columns === W ? x : tf.slice(x, 0, [B, rows, columns, C]);
  const padding = [
    [top, Math.max(bottom, 0)],
    [left, Math.max(right, 0)],
  ] as const;
  const { bias, activation = 'linear' } = options;
  return conv2d(met, kernel, { bias, activation, padding }) as tf.Tensor4D;
}

const activated = (sums: tf.Tensor4D, { bias, activation = 'linear' }: MaskedConv2dOptions): tf.Tensor4D =>
  biasActivation(sums, bias, { activation }) as tf.Tensor4D;

/** Zeros that know where they come from: their gradients are zeros, not missing. */
function nothing(x: tf.Tensor4D, kernel: tf.Tensor): tf.Tensor4D {
  const [B, H, W] = x.shape;
  const zero = tf.mul(0, tf.add(tf.sum(x), tf.sum(kernel)));
  return tf.add(tf.zeros([B, H, W, kernel.shape[3] as number]), zero);
}

function check(x: tf.Tensor, kernel: tf.Tensor, { mask, groups = 1, bias }: MaskedConv2dOptions): void {
  const op = 'maskedConv2d';
  const found = (tensor: tf.Tensor) => `${tensor.dtype} of shape [${tensor.shape}]`;
  if (x.rank !== 4 || x.dtype !== 'float32') complain(op, 'x', 'float32 of shape [B, H, W, inputs]', found(x));
  const [height, width, inputs, outputs] = kernel.shape as [number, number, number, number];
  if (kernel.rank !== 4 || height % 2 === 0 || width % 2 === 0 || inputs !== x.shape[3]) {
    complain(op, 'kernel', `[height, width, ${x.shape[3]}, outputs], height and width odd`, `[${kernel.shape}]`);
  }
  if (mask !== 'A' && mask !== 'B') complain(op, 'mask', "'A' or 'B'", String(mask));
  if (!Number.isInteger(groups) || groups < 1 || inputs % groups !== 0 || outputs % groups !== 0) {
    complain(op, 'groups', `a divisor of ${inputs} inputs and ${outputs} outputs`, String(groups));
  }
  if (bias && (bias.rank !== 1 || bias.size !== outputs)) complain(op, 'bias', `of shape [${outputs}]`, found(bias));
}
