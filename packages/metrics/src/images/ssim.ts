import { type FlatMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { weightedMean } from '../statistics/mean';
import { checkDataRange } from './dataRange';
import { blur, gaussianWindow } from './gaussianWindow';

export interface SsimOptions {
  /** The largest value less the smallest that there can be: 255, or 1. It is never guessed. */
  dataRange: number;
  /** Keeps the comparison of means stable; 0.01 if left out. */
  k1?: number;
  /** Keeps the comparison of variances stable; 0.03 if left out. */
  k2?: number;
}

/**
 * The structural similarity of two grey images: means, variances and covariance in a Gaussian window of 11 × 11, σ 1.5,
 * compared wherever the window lies wholly inside, on the mean.
 *
 *     (2 μₓ μᵧ + c₁) (2 σₓᵧ + c₂) / ((μₓ² + μᵧ² + c₁) (σₓ² + σᵧ² + c₂)), cᵢ = (kᵢ · range)²
 *
 * Reference: Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity".
 *
 * @param yTrue - [H ≥ 11, W ≥ 11].
 * @param yPred - [H, W].
 * @returns at most 1, for the same image.
 * @throws RangeError if shapes differ, the image is smaller than the window, or a number is not finite.
 */
export function ssim(yTrue: Matrix, yPred: Matrix, { dataRange, k1 = 0.01, k2 = 0.03 }: SsimOptions): number {
  checkDataRange('ssim', dataRange);
  const x = toMatrix('ssim', 'yTrue', yTrue);
  const y = toMatrix('ssim', 'yPred', yPred, x.rows, x.columns);
  if (Math.min(x.rows, x.columns) < gaussianWindow.length) {
    throw new RangeError(`ssim: yTrue must be [11 or more, 11 or more], got [${x.rows}, ${x.columns}]`);
  }
  const [c1, c2] = [(k1 * dataRange) ** 2, (k2 * dataRange) ** 2];
  const [meanX, meanY] = [blur(x), blur(y)];
  const [squareX, squareY, product] = [blur(times(x, x)), blur(times(y, y)), blur(times(x, y))];
  return weightedMean(
    meanX.map((mx, i) => {
      const my = meanY[i] as number;
      const [varX, varY] = [(squareX[i] as number) - mx * mx, (squareY[i] as number) - my * my];
      const covariance = (product[i] as number) - mx * my;
      return ((2 * mx * my + c1) * (2 * covariance + c2)) / ((mx * mx + my * my + c1) * (varX + varY + c2));
    }),
  );
}

/** The product of each element of two images. */
function times(a: FlatMatrix, b: FlatMatrix): FlatMatrix {
  return { ...a, data: Float64Array.from(a.data, (value, i) => value * (b.data[i] as number)) };
}
