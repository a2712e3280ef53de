import { checkCount } from '../arguments/count';
import type { Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkProbabilityRows } from '../arguments/rowSums';
import { checkWeights } from '../arguments/weights';
import { scoredClasses } from '../ranking/oneAgainstRest';
import { type CurveOptions, scoredSamples } from '../ranking/scoredSamples';
import { addToBin, binOf, calibrationError, noBins, uniformEdges } from './bins';

export interface CalibrationErrorOptions extends CurveOptions {
  /** Bins of equal width; 15 if left out. */
  nBins?: number;
  /** [K], the classes of the columns, in their order; those of `yTrue`, ascending, if left out. */
  labels?: Labels;
}

const name = 'expectedCalibrationError';

/**
 * How far probabilities are from frequencies, on the mean over bins of probability.
 *
 *     Σ_b (n_b / n) |frequency_b − probability_b|
 *
 * Of several classes it is the probability of the likeliest one, and how often that one came.
 *
 * Reference: Guo et al. 2017, "On calibration of modern neural networks".
 *
 * @param yTrue - [N] labels.
 * @param yProb - [N], the probability of the positive one of two classes, or [N, K] with rows that sum to 1.
 * @param options - `posLabel`, the positive one of two classes, 1 if left out.
 * @throws RangeError if a probability is outside [0, 1] or a row does not sum to 1.
 */
export function expectedCalibrationError(
  yTrue: Labels,
  yProb: Numbers | Matrix,
  options: CalibrationErrorOptions = {},
): number {
  const { posLabel = 1, sampleWeight, nBins = 15, labels } = options;
  checkCount(name, 'nBins', nBins);
  const bins = noBins(nBins);
  const edges = uniformEdges(nBins);
  const add = (i: number, came: number, p: number): void => {
    addToBin(bins, binOf(edges, p), came, p, sampleWeight?.[i]);
  };
  if (isMatrix(yProb)) {
    const { truth, scores } = scoredClasses(name, yTrue, yProb, labels);
    checkProbabilityRows(name, 'yProb', scores);
    checkWeights(name, sampleWeight, truth.length);
    const { data, columns } = scores;
    for (const [i, own] of truth.entries()) {
      let likeliest = 0;
      for (let j = 1; j < columns; j++) {
        if ((data[i * columns + j] as number) > (data[i * columns + likeliest] as number)) likeliest = j;
      }
      add(i, Number(likeliest === own), data[i * columns + likeliest] as number);
    }
  } else {
    const { positive } = scoredSamples(name, yTrue, yProb, sampleWeight, posLabel, 'yProb');
    checkNumbers(name, 'yProb', yProb, positive.length, 0, 1);
    for (let i = 0; i < positive.length; i++) add(i, positive[i] as number, yProb[i] as number);
  }
  return calibrationError(bins);
}
