import { complain } from '../check';

/** Zeros around an image: so many as keep its size over the strides, none, so many on each side, or top, bottom, left, right. */
export type Padding2D =
  | 'same'
  | 'valid'
  | number
  | readonly [rows: readonly [top: number, bottom: number], columns: readonly [left: number, right: number]];

/** One number for both directions, or one for each. */
export type Pair = number | readonly [height: number, width: number];

/** Where a window stands along one direction of an image. */
export interface Window {
  size: number;
  stride: number;
  dilation: number;
  padding: 'same' | 'valid' | readonly [before: number, after: number];
  /** Whether a last window may reach over the end, as long as it begins within the image or the padding before it. */
  ceilMode?: boolean;
}

/** The windows along both directions. */
export function windowsOf(
  size: readonly [number, number],
  strides: readonly [number, number],
  dilations: readonly [number, number],
  padding: Padding2D,
  ceilMode = false,
): [Window, Window] {
  const along = (axis: 0 | 1): Window => ({
    size: size[axis],
    stride: strides[axis],
    dilation: dilations[axis],
    padding: typeof padding === 'number' ? [padding, padding] : typeof padding === 'string' ? padding : padding[axis],
    ceilMode,
  });
  return [along(0), along(1)];
}

/** Checks a padding: the names, or integers not below 0. */
export function checkPadding(caller: string, padding: Padding2D): void {
  if (padding === 'same' || padding === 'valid') return;
  const numbers = typeof padding === 'number' ? [padding] : Array.isArray(padding) ? padding.flat() : [];
  const sound = numbers.every((n) => Number.isInteger(n) && n >= 0);
  if (!sound || (numbers.length !== 1 && numbers.length !== 4)) {
    complain(caller, 'padding', "'same', 'valid', an integer ≥ 0 or [[top, bottom], [left, right]]", padding);
  }
}

/** How many windows there are along an image, and the zeros before and after it that they reach. */
export function layOut(length: number, { size, stride, dilation, padding, ceilMode = false }: Window) {
  const reach = dilation * (size - 1) + 1;
  if (padding === 'same') {
    const count = Math.ceil(length / stride);
    const zeros = Math.max(0, (count - 1) * stride + reach - length);
    return { count, before: Math.floor(zeros / 2), after: Math.ceil(zeros / 2) };
  }
  const [before, given] = padding === 'valid' ? [0, 0] : padding;
  const last = (length + before + given - reach) / stride;
  let count = Math.max(0, (ceilMode ? Math.ceil(last) : Math.floor(last)) + 1);
  if (ceilMode && (count - 1) * stride >= length + before) count--;
  return { count, before, after: Math.max(given, (count - 1) * stride + reach - length - before) };
}

/** A side of an output's shape: unknown when that of the input is. */
export const countOf = (length: number | null, window: Window): number | null =>
  length === null ? null : layOut(length, window).count;
