import { defineOp, sizeOf } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, complain } from '../check';
import { elementwise } from '../kernels/elementwise';

export interface LocalResponseNormOptions {
  /** How many channels next to each other are summed. Default 5. */
  size?: number;
  /** Default 1e-4. */
  alpha?: number;
  /** Default 0.75. */
  beta?: number;
  /** Default 1, PyTorch's; the paper's is 2. */
  k?: number;
  /** Whether alpha is shared out over the channels of a window, as in PyTorch (default), or counts for each, as in the paper. */
  scaling?: 'torch' | 'paper';
}

/**
 * Divides each number by what its neighbours among the channels are: `y = x / (k + α Σ x²)^β`, the sum over the window
 * `c − ⌊size / 2⌋ … c + ⌊(size − 1) / 2⌋`; PyTorch divides α by the size. One dispatch on WebGPU, one for the gradient.
 *
 * AlexNet's is `{ size: 5, alpha: 1e-4, beta: 0.75, k: 2, scaling: 'paper' }`.
 *
 * Reference: Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural networks", 2012, §3.3.
 *
 * @param x - float32, shape [..., C].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no float32 tensor with channels or an option is out of range.
 *
 * @example
 * const y = localResponseNorm(x, { size: 5 });
 */
export function localResponseNorm(x: tf.Tensor, options: LocalResponseNormOptions = {}): tf.Tensor {
  const attributes = checkResponseNorm('localResponseNorm', options);
  if (x.dtype !== 'float32' || x.rank < 1) {
    complain('localResponseNorm', 'x', 'float32 of shape [..., C]', `${x.dtype} of shape [${x.shape}]`);
  }
  return normalize({ x }, { ...attributes, channels: x.shape.at(-1) as number }).y;
}

/** Options checked and filled in; alpha is that of each channel. */
export function checkResponseNorm(caller: string, options: LocalResponseNormOptions): Omit<Attributes, 'channels'> {
  const { size = 5, alpha = 1e-4, beta = 0.75, k = 1, scaling = 'torch' } = options;
  checkCount(caller, 'size', size);
  if (!(k > 0)) complain(caller, 'k', 'a number > 0', String(k));
  if (!(alpha >= 0)) complain(caller, 'alpha', 'a number ≥ 0', String(alpha));
  if (!Number.isFinite(beta)) complain(caller, 'beta', 'a finite number', String(beta));
  if (scaling !== 'torch' && scaling !== 'paper') complain(caller, 'scaling', 'torch or paper', scaling);
  return { size, alpha: scaling === 'torch' ? alpha / size : alpha, beta, k };
}

interface Attributes {
  size: number;
  alpha: number;
  beta: number;
  k: number;
  channels: number;
}

/** Channels of a window before and after its own. */
const sides = (size: number) => ({ before: Math.floor(size / 2), after: Math.floor((size - 1) / 2) });

/** [C, C]: 1 where channel j is in the window of channel i, at [j, i]. */
function band(channels: number, size: number): tf.Tensor2D {
  const { before, after } = sides(size);
  const ones = Array.from({ length: channels * channels }, (_, at) => {
    const distance = Math.floor(at / channels) - (at % channels);
    return distance >= -before && distance <= after ? 1 : 0;
  });
  return tf.tensor2d(ones, [channels, channels]);
}

/** `k + α Σ x²`, and sums of others over the windows that a channel is in. */
function composed(x: tf.Tensor, { size, alpha, k, channels }: Attributes) {
  const windows = band(channels, size);
  const rows = (of: tf.Tensor) => tf.reshape(of, [-1, channels]) as tf.Tensor2D;
  const scale = tf.add(k, tf.mul(alpha, tf.reshape(tf.matMul(rows(tf.square(x)), windows), x.shape)));
  return { scale, back: (of: tf.Tensor) => tf.reshape(tf.matMul(rows(of), windows, false, true), x.shape) };
}

/** WGSL: `k + α Σ x²` at channel c of the row that begins at `row`. */
const scaleCode = (size: number) => `
fn scaleAt(row: u32, c: i32) -> f32 {
  var sum = 0.0;
  for (var j = max(0, c - ${sides(size).before}); j <= min(i32(params.channels) - 1, c + ${sides(size).after}); j++) {
    sum += x[row + u32(j)] * x[row + u32(j)];
  }
  return params.k + params.alpha * sum;
}
`;

const place = 'let c = i32(i % params.channels); let row = i - u32(c);';

const normalize = /* @__PURE__ */ defineOp<'x', 'y', Attributes>({
  name: 'core-layers/localResponseNorm',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x }, attributes) => ({ y: tf.mul(x, tf.pow(composed(x, attributes).scale, -attributes.beta)) }),
  webgpu: ({ inputs: { x }, attributes: { size, alpha, beta, k, channels } }) =>
    sizeOf(x.shape) === 0
      ? undefined
      : elementwise(sizeOf(x.shape), {
          functions: scaleCode(size),
          each: `${place} y[i] = x[i] * pow(scaleAt(row, c), -params.beta);`,
          reads: ['x'],
          writes: ['y'],
          integers: { channels },
          floats: { alpha, beta, k },
        }),
  grad: {
    saves: ['x'],
    of: ({ y: dy }, { x }, attributes) => ({ x: (): tf.Tensor => normalizeGrad({ dy, x }, attributes).dx }),
  },
});

/** `dx = dy p^−β − 2 α β x Σ dy x p^−β−1`, p the scale, the sum over the windows that a channel is in. */
const normalizeGrad = /* @__PURE__ */ defineOp<'dy' | 'x', 'dx', Attributes>({
  name: 'core-layers/localResponseNormGrad',
  outputs: ({ x }) => ({ dx: x }),
  compose({ dy, x }, attributes) {
    const { alpha, beta } = attributes;
    const { scale, back } = composed(x, attributes);
    const shares = back(tf.mul(tf.mul(dy, x), tf.pow(scale, -beta - 1)));
    return { dx: tf.sub(tf.mul(dy, tf.pow(scale, -beta)), tf.mul(2 * alpha * beta, tf.mul(x, shares))) };
  },
  webgpu: ({ inputs: { x }, attributes: { size, alpha, beta, k, channels } }) =>
    sizeOf(x.shape) === 0
      ? undefined
      : elementwise(sizeOf(x.shape), {
          functions: scaleCode(size),
          each: `${place}
  var shares = 0.0;
  for (var j = max(0, c - ${sides(size).after}); j <= min(i32(params.channels) - 1, c + ${sides(size).before}); j++) {
    let at = row + u32(j);
    shares += dy[at] * x[at] * pow(scaleAt(row, j), -params.beta - 1.0);
  }
  dx[i] = dy[i] * pow(scaleAt(row, c), -params.beta) - 2.0 * params.alpha * params.beta * x[i] * shares;`,
          reads: ['dy', 'x'],
          writes: ['dx'],
          integers: { channels },
          floats: { alpha, beta, k },
        }),
});
