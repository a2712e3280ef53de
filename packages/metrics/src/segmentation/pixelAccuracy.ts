import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import { sum } from '../statistics/mean';
import { countPixels, type PixelOptions } from './pixels';

/**
 * The share of pixels that are right.
 *
 *     right / all
 *
 * @param yTrue - the class of each pixel, [N] or [H, W].
 * @param yPred - the same number of pixels.
 * @param options - `ignoreIndex`, the class of pixels that count nowhere.
 * @returns 0 … 1; NaN if every pixel is ignored.
 * @throws RangeError if there are not as many pixels in both.
 */
export function pixelAccuracy(yTrue: Labels | Matrix, yPred: Labels | Matrix, options: PixelOptions = {}): number {
  const { hits, total } = countPixels('pixelAccuracy', yTrue, yPred, options);
  return sum(hits) / total;
}
