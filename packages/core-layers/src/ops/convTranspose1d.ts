import { type Activation, biasActivation } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkRank, complain } from '../check';

export interface ConvTranspose1dOptions {
  /** Shape [outputs]; none adds nothing. */
  bias?: tf.Tensor | undefined;
  /** From where one number is spread to where the next is. Default 1. */
  strides?: number;
  /** How much is cut off at both ends; `same` gives the length times the strides, as Keras does. Default `valid`, nothing. */
  padding?: 'same' | 'valid' | number;
  /** How much longer the end is. Default 0. */
  outputPadding?: number;
  /** Default 1. */
  dilation?: number;
  /** Default `linear`. */
  activation?: Activation;
}

/**
 * The transpose of a convolution over time: `y[t · s + i · d − p] += Σ x[t, c] kernel[i, o, c]`, then bias and activation.
 * Its length is `(T − 1) s + d (size − 1) + 1 + outputPadding` less what is cut off.
 *
 * Reference: Zeiler, Krishnan, Taylor, Fergus, "Deconvolutional networks", 2010; PyTorch's `conv_transpose1d`.
 *
 * @param x - float32, shape [batch, T, inputs].
 * @param kernel - shape [size, outputs, inputs], as for `tf.conv2dTranspose`.
 * @returns shape [batch, length, outputs].
 * @throws TypeError when shapes do not fit, or an option is out of range.
 *
 * @example
 * const twiceAsLong = convTranspose1d(x, kernel, { strides: 2, padding: 'same' });
 */
export function convTranspose1d(x: tf.Tensor, kernel: tf.Tensor, options: ConvTranspose1dOptions = {}): tf.Tensor {
  checkRank('convTranspose1d', 'x', x, 3);
  checkRank('convTranspose1d', 'kernel', kernel, 3);
  const { bias, strides = 1, dilation = 1, activation = 'linear' } = options;
  const [batch, time, inputs] = x.shape as [number, number, number];
  const [size, outputs, from] = kernel.shape as [number, number, number];
  if (from !== inputs) {
    complain('convTranspose1d', 'kernel', `of shape [size, outputs, ${inputs}]`, `[${kernel.shape}]`);
  }
  const { length, before } = transposedLength('convTranspose1d', time, size, options);
  const reach = (time - 1) * strides + dilation * (size - 1) + 1;
  return tf.tidy(() => {
    const spread = tf.reshape(dilated(kernel, dilation), [-1, 1, outputs, inputs]) as tf.Tensor4D;
    const image = tf.reshape(x, [batch, time, 1, inputs]) as tf.Tensor4D;
    const whole = tf.conv2dTranspose(image, spread, [batch, reach, 1, outputs], [strides, 1], 'valid');
    const missing = Math.max(0, before + length - reach);
    const padded =
      missing > 0
        ? tf.pad4d(whole, [
            [0, 0],
            [0, missing],
            [0, 0],
            [0, 0],
          ])
        : whole; // [B, reach + missing, 1, O]
    const cut = tf.slice4d(padded, [0, before, 0, 0], [batch, length, 1, outputs]);
    return biasActivation(tf.reshape(cut, [batch, length, outputs]), bias, { activation });
  });
}

/** How long a sequence becomes, and what is cut off before it. */
export function transposedLength(caller: string, time: number, size: number, options: ConvTranspose1dOptions) {
  const { strides = 1, padding = 'valid', outputPadding = 0, dilation = 1 } = options;
  checkCount(caller, 'strides', strides);
  checkCount(caller, 'dilation', dilation);
  checkCount(caller, 'outputPadding', outputPadding, 0);
  if (outputPadding >= Math.max(strides, dilation)) {
    complain(caller, 'outputPadding', 'less than strides or dilation', String(outputPadding));
  }
  const reach = dilation * (size - 1) + 1;
  if (padding === 'same') {
    const cut = Math.max(0, reach - strides);
    return { length: time * strides + outputPadding, before: Math.floor(cut / 2) };
  }
  const cut = padding === 'valid' ? 0 : padding;
  checkCount(caller, 'padding', cut, 0);
  const length = (time - 1) * strides - 2 * cut + reach + outputPadding;
  if (length < 1) complain(caller, 'padding', 'less than half of the output', String(padding));
  return { length, before: cut };
}

/** Zeros between the taps of a kernel. */
function dilated(kernel: tf.Tensor, dilation: number): tf.Tensor {
  if (dilation === 1) return kernel;
  const [size, outputs, inputs] = kernel.shape as [number, number, number];
  const apart = tf.reshape(kernel, [size, 1, outputs, inputs]) as tf.Tensor4D;
  const padded = tf.pad4d(apart, [
    [0, 0],
    [0, dilation - 1],
    [0, 0],
    [0, 0],
  ]);
  const all = tf.reshape(padded, [size * dilation, outputs, inputs]);
  return tf.slice(all, [0, 0, 0], [(size - 1) * dilation + 1, outputs, inputs]);
}
