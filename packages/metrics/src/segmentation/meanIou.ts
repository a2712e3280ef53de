import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import { countPixels, meanOverClasses, type PixelOptions } from './pixels';

/**
 * Intersection over union of each class that occurs, on the mean.
 *
 *     TP / (TP + FP + FN)
 *
 * @param yTrue - the class of each pixel, [N] or [H, W].
 * @param yPred - the same number of pixels.
 * @param options - `ignoreIndex`, the class of pixels that count nowhere.
 * @returns 0 … 1; NaN if every pixel is ignored.
 * @throws RangeError if there are not as many pixels in both.
 */
export function meanIou(yTrue: Labels | Matrix, yPred: Labels | Matrix, options: PixelOptions = {}): number {
  const outcomes = countPixels('meanIou', yTrue, yPred, options);
  return meanOverClasses(outcomes, (hits, actual, predicted) => hits / (actual + predicted - hits));
}
