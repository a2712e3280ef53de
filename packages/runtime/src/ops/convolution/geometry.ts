import type * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';

/** One number for both directions, or [height, width]. */
type Pair = number | readonly [number, number];

/** `same`, `valid`, as many zeros on every side (PyTorch's), or [[top, bottom], [left, right]]. */
type Padding =
  | 'same'
  | 'valid'
  | number
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

export interface WindowOptions {
  /** How far the window moves. Default 1. */
  strides?: Pair;
  /** Default `valid`. With `same` an output has ⌈size / stride⌉ places, and a zero too many lies below and on the right. */
  padding?: Padding;
  /** How far the kernel's places lie apart. Default 1. */
  dilations?: Pair;
}

/** Every size of a convolution of images [B, H, W, C] by a kernel [kh, kw, C / groups, F]. */
export interface Geometry {
  batch: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  padTop: number;
  padLeft: number;
  groups: number;
}

export const inputShape = (g: Geometry): number[] => [g.batch, g.inHeight, g.inWidth, g.inChannels];
export const kernelShape = (g: Geometry): number[] => [
  g.filterHeight,
  g.filterWidth,
  g.inChannels / g.groups,
  g.outChannels,
];
export const outputShape = (g: Geometry): number[] => [g.batch, g.outHeight, g.outWidth, g.outChannels];

/**
 * The sizes of a convolution.
 *
 * @param op - whom an error names.
 * @param x - shape [B, H, W, C].
 * @param kernel - shape [kh, kw, C / groups, F].
 * @throws TypeError when an option is none, or the window is larger than the padded image.
 */
export function geometryOf(
  op: string,
  x: tf.Tensor,
  kernel: readonly number[],
  { strides = 1, padding = 'valid', dilations = 1 }: WindowOptions,
  groups: number,
): Geometry {
  const [batch, inHeight, inWidth, inChannels] = x.shape as [number, number, number, number];
  const [filterHeight, filterWidth, , outChannels] = kernel as [number, number, number, number];
  const [strideHeight, strideWidth] = pairOf(op, 'strides', strides);
  const [dilationHeight, dilationWidth] = pairOf(op, 'dilations', dilations);
  const rows = along(op, padding, 0, inHeight, (filterHeight - 1) * dilationHeight + 1, strideHeight);
  const columns = along(op, padding, 1, inWidth, (filterWidth - 1) * dilationWidth + 1, strideWidth);
  return {
    ...{ batch, inHeight, inWidth, inChannels, groups },
    ...{ outHeight: rows.places, outWidth: columns.places, outChannels },
    ...{ filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth },
    ...{ padTop: rows.before, padLeft: columns.before },
  };
}

function pairOf(op: string, argument: string, pair: Pair): [number, number] {
  const [height, width] = typeof pair === 'number' ? [pair, pair] : pair;
  for (const size of [height, width]) {
    if (!Number.isInteger(size) || size < 1) complain(op, argument, 'a whole number ≥ 1, or [height, width]', pair);
  }
  return [height, width];
}

/** How many places a window of `extent` has along an axis, and the zeros before the image. */
function along(op: string, padding: Padding, axis: 0 | 1, size: number, extent: number, stride: number) {
  if (padding === 'same') {
    const places = Math.ceil(size / stride);
    return { places, before: Math.floor(Math.max(0, (places - 1) * stride + extent - size) / 2) };
  }
  const [before, after] =
    padding === 'valid' ? [0, 0] : typeof padding === 'number' ? [padding, padding] : (padding[axis] ?? [-1, -1]);
  for (const zeros of [before, after]) {
    if (!Number.isInteger(zeros) || zeros < 0) {
      complain(op, 'padding', "'same', 'valid', a whole number ≥ 0 or [[top, bottom], [left, right]]", padding);
    }
  }
  const room = before + size + after - extent;
  if (room < 0) {
    complain(
      op,
      'x',
      `at least ${extent} ${axis === 0 ? 'high' : 'wide'} with its padding`,
      `${before + size + after}`,
    );
  }
  return { places: Math.floor(room / stride) + 1, before };
}
