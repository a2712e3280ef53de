import { complain } from '../../check';
import { checkPair } from '../../checkInputs';
import { layOut } from '../window';

export interface PoolOptions {
  /** Height and width of a window, or one number for both. */
  poolSize: number | readonly [number, number];
  /** Steps from window to window; by default windows lie side by side. */
  strides?: number | readonly [number, number];
  /** `valid` (default): none; `same`: as TensorFlow pads; or rows and columns on each side, as in PyTorch. */
  padding?: 'valid' | 'same' | number | readonly [number, number];
}

/** Where windows lie over images of one size. */
export interface Windows {
  /** Height and width of the images, of what comes out, of a window. */
  image: readonly [number, number];
  pooled: readonly [number, number];
  window: readonly [number, number];
  strides: readonly [number, number];
  /** Rows and columns of padding before the image. */
  before: readonly [number, number];
}

/**
 * @throws TypeError when an option is none, no window fits, or a window may lie in the padding alone.
 */
export function windowsOf(caller: string, image: readonly [number, number], options: PoolOptions): Windows {
  const window = checkPair(caller, 'poolSize', options.poolSize);
  const strides = checkPair(caller, 'strides', options.strides ?? options.poolSize);
  const { padding = 'valid' } = options;
  if (typeof padding === 'string' && !['valid', 'same'].includes(padding)) {
    complain(caller, 'padding', 'valid, same, or one integer or two', padding);
  }
  const explicit = typeof padding === 'string' ? ([0, 0] as const) : checkPair(caller, 'padding', padding, 0);
  if (explicit.some((rows, d) => 2 * rows > (window[d] as number))) {
    complain(caller, 'padding', `at most half of poolSize [${window}]`, padding);
  }
  const along = (d: 0 | 1) => {
    const zeros = padding === 'same' ? padding : ([explicit[d], explicit[d]] as const);
    return layOut(image[d], { size: window[d], stride: strides[d], dilation: 1, padding: zeros });
  };
  const axes = [along(0), along(1)] as const;
  const pooled = [axes[0].count, axes[1].count] as const;
  if (pooled.some((size) => size < 1)) {
    complain(caller, 'poolSize', `at most the padded size of x [${image}]`, window);
  }
  return { image, pooled, window, strides, before: [axes[0].before, axes[1].before] };
}

/** The same as parameters of a WebGPU kernel. */
export const windowIntegers = ({ image, pooled, window, strides, before }: Windows) => ({
  H: image[0],
  W: image[1],
  pooledH: pooled[0],
  pooledW: pooled[1],
  windowH: window[0],
  windowW: window[1],
  stepH: strides[0],
  stepW: strides[1],
  beforeH: before[0],
  beforeW: before[1],
});
