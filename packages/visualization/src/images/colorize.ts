import * as tf from '@tensorflow/tfjs-core';
import { checkName, checkRank, complain } from '../check';
import { type ColorMapName, colorMapNames, colorMaps } from './colorMaps';
import { normalizeMap } from './normalize';

export interface ColorizeOptions {
  /** Default: `viridis`, and `coolwarm` if symmetric. */
  colorMap?: ColorMapName;
  /** The map has signs: 0 gets the middle colour. Default: false. */
  symmetric?: boolean;
  /** What gets the first and the last colour. Default: each map's own least and largest number. */
  range?: readonly [number, number];
}

/**
 * A map in colours.
 *
 * @param map - shape [H, W] or [B, H, W].
 * @returns shape [H, W, 3] or [B, H, W, 3], numbers in [0, 1].
 * @throws TypeError when the map is of another shape or there is no such colour map.
 *
 * @example
 * const picture = colorize(gradCam(model, image), { colorMap: 'inferno' });
 */
export function colorize(map: tf.Tensor, { colorMap, symmetric = false, range }: ColorizeOptions = {}): tf.Tensor {
  checkRank('colorize', 'map', map, { 2: '[H, W]', 3: '[B, H, W]' });
  const name = colorMap ?? (symmetric ? 'coolwarm' : 'viridis');
  checkName('colorize', 'colorMap', name, colorMapNames);
  if (range && !(Array.isArray(range) && range.every(Number.isFinite) && range[0] !== range[1])) {
    complain('colorize', 'range', 'two different finite numbers', range);
  }
  const coefficients = colorMaps[name];
  return tf.tidy(() => {
    const part = range ? tf.div(tf.sub(map, range[0]), range[1] - range[0]) : normalizeMap(map, { symmetric });
    const x = tf.expandDims(tf.clipByValue(part, 0, 1), -1);
    const colours = coefficients.map((each) => tf.tensor1d([...each]));
    const value = colours.reduceRight((sum: tf.Tensor, each) => tf.add(tf.mul(sum, x), each), tf.scalar(0));
    return tf.clipByValue(value, 0, 1);
  });
}
