import * as tf from '@tensorflow/tfjs-core';
import { checkRank, complain } from '../check';
import { checkPair } from '../checkInputs';
import { checkPadding, layOut, type Padding2D, type Pair, type Window, windowsOf } from './window';

export interface Pool2DOptions {
  /** Height and width of a window. Default 2. */
  poolSize?: Pair;
  /** From a window to the next. Default: the pool size. */
  strides?: Pair;
  /** What lies around the image: it is never a maximum. Default `valid`, nothing. */
  padding?: Padding2D;
  /** Whether a last window may reach over the end of the image. Default false. */
  ceilMode?: boolean;
}

export interface AveragePool2DOptions extends Pool2DOptions {
  /** Whether zeros of a padding given in numbers count as numbers of a window, as in PyTorch (default). With `same` they never do. */
  countIncludePad?: boolean;
}

/**
 * The largest number of each window: `y[i, j] = max x[window (i, j)]`, with PyTorch's paddings and `ceilMode`.
 *
 * @param x - float32, shape [batch, height, width, channels].
 * @returns shape [batch, rows of windows, columns of windows, channels].
 * @throws TypeError when x has no four dimensions, or a padding is more than half of a window.
 *
 * @example
 * const y = maxPool2d(x, { poolSize: 3, strides: 2, padding: 1 });
 */
export function maxPool2d(x: tf.Tensor, options: Pool2DOptions = {}): tf.Tensor {
  const { poolSize, strides, rows, columns } = placed('maxPool2d', x, options);
  const around = (side: typeof rows): [number, number] => [side.before, side.after];
  return tf.maxPool(x as tf.Tensor4D, poolSize, strides, [[0, 0], around(rows), around(columns), [0, 0]]);
}

/**
 * The mean of each window: `y[i, j] = Σ x[window (i, j)] / count`, with PyTorch's paddings, `ceilMode` and
 * `countIncludePad`.
 *
 * @param x - float32, shape [batch, height, width, channels].
 * @returns shape [batch, rows of windows, columns of windows, channels].
 * @throws TypeError when x has no four dimensions, or a padding is more than half of a window.
 *
 * @example
 * const y = averagePool2d(x, { poolSize: 3, strides: 1, padding: 1 });
 */
export function averagePool2d(x: tf.Tensor, options: AveragePool2DOptions = {}): tf.Tensor {
  const { poolSize, strides, rows, columns, windows } = placed('averagePool2d', x, options);
  const include = (options.countIncludePad ?? true) && options.padding !== 'same';
  const [, height, width] = x.shape as [number, number, number, number];
  return tf.tidy(() => {
    const pads = [rows.before, rows.after, columns.before, columns.after];
    const padded = pads.some((n) => n > 0)
      ? tf.pad4d(x as tf.Tensor4D, [
          [0, 0],
          [rows.before, rows.after],
          [columns.before, columns.after],
          [0, 0],
        ])
      : (x as tf.Tensor4D);
    const means = tf.avgPool(padded, poolSize, strides, 'valid');
    const [down, across] = [counts(height, windows[0], include), counts(width, windows[1], include)];
    const area = poolSize[0] * poolSize[1];
    const scale = down.flatMap((n) => across.map((m) => area / (n * m)));
    if (scale.every((factor) => factor === 1)) return means;
    return tf.mul(means, tf.tensor4d(scale, [1, down.length, across.length, 1]));
  });
}

/** How many numbers each window counts along a direction. */
function counts(length: number, window: Window, includePad: boolean): number[] {
  const { count, before } = layOut(length, window);
  const after = typeof window.padding === 'string' ? 0 : window.padding[1];
  const [first, end] = includePad ? [-before, length + after] : [0, length];
  return Array.from({ length: count }, (_, i) => {
    const start = i * window.stride - before;
    return Math.min(start + window.size, end) - Math.max(start, first);
  });
}

/** The windows of a pool along both directions. */
export function poolWindows(
  caller: string,
  { poolSize = 2, strides = poolSize, padding = 'valid', ceilMode = false }: Pool2DOptions,
): [Window, Window] {
  const size = checkPair(caller, 'poolSize', poolSize);
  checkPadding(caller, padding);
  const windows = windowsOf(size, checkPair(caller, 'strides', strides), [1, 1], padding, ceilMode);
  for (const { size, padding } of windows) {
    if (typeof padding !== 'string' && Math.max(...padding) > size / 2) {
      complain(caller, 'padding', `at most half of the pool size ${size}`, padding);
    }
  }
  return windows;
}

function placed(caller: string, x: tf.Tensor, options: Pool2DOptions) {
  checkRank(caller, 'x', x, 4);
  const windows = poolWindows(caller, options);
  const [, height, width] = x.shape as [number, number, number, number];
  const [rows, columns] = [layOut(height, windows[0]), layOut(width, windows[1])];
  if (rows.count === 0 || columns.count === 0) {
    complain(caller, 'x', `at least as large as a window of ${windows[0].size} × ${windows[1].size}`, x.shape);
  }
  const pair = (key: 'size' | 'stride'): [number, number] => [windows[0][key], windows[1][key]];
  return { poolSize: pair('size'), strides: pair('stride'), rows, columns, windows };
}
