import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkImages, checkRange } from '../checkInputs';
import { adjustColor } from './adjustColor';
import type { Range } from './affineMatrices';

export interface ColorJitterOptions {
  /** A factor from [max(0, 1 − b), 1 + b], or from a range. Default 0, none. */
  brightness?: number | Range;
  contrast?: number | Range;
  saturation?: number | Range;
  /** A share of the circle from [−h, h], h ≤ ½, or from a range. Default 0. */
  hue?: number | Range;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/**
 * Changes brightness, contrast, saturation and hue of each image by factors of its own, as torchvision's `ColorJitter`, but
 * always in this order. Few dispatches on WebGPU; see {@link adjustColor}.
 *
 * @param x - float32, shape [B, H, W, 3] or [B, H, W, 1], numbers in [0, 1].
 * @returns a tensor of x's shape.
 * @throws TypeError when x is no such tensor or an option is out of range, RangeError when the seed is bad.
 *
 * @example
 * const y = colorJitter(x, { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, seed });
 */
export function colorJitter(x: tf.Tensor, options: ColorJitterOptions): tf.Tensor4D {
  const [B] = checkImages('colorJitter', 'x', x);
  const ranges = jitterOf('colorJitter', options);
  return tf.tidy(() => {
    const draws = randomUniform([B, 4], { seed: options.seed });
    const widths = tf.tensor1d(ranges.map(([low, high]) => high - low));
    const factors = tf.add(tf.mul(draws, widths), tf.tensor1d(ranges.map(([low]) => low)));
    return adjustColor(x, factors);
  });
}

/** The options, checked: of brightness, contrast, saturation and hue the range. */
export const jitterOf = (caller: string, options: Omit<ColorJitterOptions, 'seed'>): Range[] => [
  factorRange(caller, 'brightness', options.brightness),
  factorRange(caller, 'contrast', options.contrast),
  factorRange(caller, 'saturation', options.saturation),
  hueRange(caller, options.hue),
];

function factorRange(caller: string, argument: string, value: number | Range = 0): Range {
  const range = typeof value === 'number' ? ([Math.max(0, 1 - value), 1 + value] as const) : value;
  const sound = typeof value !== 'number' || value >= 0;
  if (!sound || checkRange(caller, argument, range)[0] < 0) {
    complain(caller, argument, 'a number ≥ 0 or a range of them', value);
  }
  return range;
}

function hueRange(caller: string, value: number | Range = 0): Range {
  const range = typeof value === 'number' ? ([-value, value] as const) : value;
  const [low, high] = checkRange(caller, 'hue', range);
  return low >= -0.5 && high <= 0.5 ? range : complain(caller, 'hue', 'within [−½, ½]', value);
}
