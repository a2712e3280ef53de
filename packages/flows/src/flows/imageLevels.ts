import * as tf from '@tensorflow/tfjs-core';
import type { Bijector } from '../bijector';
import { ActNorm } from '../bijectors/actNorm';
import { Logit } from '../bijectors/logit';
import { UniformDequantization } from '../bijectors/uniformDequantization';
import { chain } from '../chain';
import { invert } from '../invert';
import type { ImageShape } from '../masks/imageShape';
import { checkPoints } from '../shapes';

/** How a flow of images meets their whole levels, such as 0 … 255. */
export interface LevelOptions {
  /** [height, width, channels] */
  shape: ImageShape;
  /** The number of levels of a pixel. Default: 256. */
  levels?: number;
  /** How far the levels are pulled away from 0 and 1 before the logit. Default: 0.05. */
  alpha?: number;
  /** What fills the levels' cells. Default: uniform noise. */
  dequantization?: Bijector;
  /**
   * Some of the data, shape [n, height, width, channels]: the flow then starts with the mean and deviation of every pixel,
   * and need not learn them first.
   */
  startFrom?: tf.Tensor;
}

/**
 * The steps between what a flow learns and images of whole levels: scale and shift of each pixel, from the line to the unit
 * interval, to levels.
 */
export function imageLevels(caller: string, options: LevelOptions, seed: number): Bijector[] {
  const { shape, alpha = 0.05, levels = 256, startFrom } = options;
  const steps = [invert(new Logit({ alpha })), options.dequantization ?? new UniformDequantization({ levels })];
  const norm = new ActNorm({ shape });
  if (startFrom) {
    checkPoints(`${caller}: startFrom`, startFrom, shape);
    tf.tidy(() => norm.startFrom(chain(steps).inverse(startFrom, { seed }).value));
  }
  return [norm, ...steps];
}
