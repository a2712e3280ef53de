import { isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkDataRange } from './dataRange';

/**
 * The peak signal-to-noise ratio, in decibels.
 *
 *     10 log₁₀(range² / mean squared error)
 *
 * @param yTrue - the image, [N] or [H, W].
 * @param yPred - the same shape.
 * @param options - `dataRange`, the largest value less the smallest that there can be: 255, or 1. It is never guessed.
 * @returns Infinity if the images are the same.
 * @throws RangeError if shapes differ or a number is not finite.
 */
export function psnr(yTrue: Numbers | Matrix, yPred: Numbers | Matrix, { dataRange }: { dataRange: number }): number {
  checkDataRange('psnr', dataRange);
  const flat = (argument: string, value: Numbers | Matrix): Numbers =>
    isMatrix(value) ? toMatrix('psnr', argument, value).data : value;
  const [truth, prediction] = [flat('yTrue', yTrue), flat('yPred', yPred)];
  checkNumbers('psnr', 'yTrue', truth);
  checkNumbers('psnr', 'yPred', prediction, truth.length);
  let squares = 0;
  for (let i = 0; i < truth.length; i++) squares += ((truth[i] as number) - (prediction[i] as number)) ** 2;
  return 10 * Math.log10((dataRange ** 2 * truth.length) / squares);
}
