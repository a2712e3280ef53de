import { checkCount } from '../arguments/count';
import type { Labels } from '../arguments/labels';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkOneOf } from '../arguments/oneOf';
import { type CurveOptions, scoredSamples } from '../ranking/scoredSamples';
import { quantileOfSorted } from '../statistics/quantile';
import { addToBin, binMeans, binOf, noBins, uniformEdges } from './bins';

export interface CalibrationOptions extends CurveOptions {
  /** 5 if left out. */
  nBins?: number;
  /** Bins of equal width, or of about as many samples each. */
  strategy?: 'uniform' | 'quantile';
}

/** Of the bins that are not empty, in ascending order. */
export interface CalibrationCurve {
  /** How often the positive class came. */
  probTrue: Float64Array;
  /** The mean probability that it was given. */
  probPred: Float64Array;
}

/**
 * How often the positive class comes where it was given a probability: the diagonal if that is calibrated.
 *
 * @param yTrue - [N] labels of two classes.
 * @param yProb - [N], the probability of the positive class.
 * @param options - `posLabel`, the positive class, 1 if left out.
 * @throws RangeError if there are more than two classes, or a probability is outside [0, 1].
 */
export function calibrationCurve(yTrue: Labels, yProb: Numbers, options: CalibrationOptions = {}): CalibrationCurve {
  const { posLabel = 1, sampleWeight, nBins = 5, strategy = 'uniform' } = options;
  checkCount('calibrationCurve', 'nBins', nBins);
  checkOneOf('calibrationCurve', 'strategy', strategy, ['uniform', 'quantile']);
  const { positive } = scoredSamples('calibrationCurve', yTrue, yProb, sampleWeight, posLabel, 'yProb');
  checkNumbers('calibrationCurve', 'yProb', yProb, positive.length, 0, 1);
  let edges = uniformEdges(nBins);
  if (strategy === 'quantile') {
    const sorted = Float64Array.from(yProb).sort();
    edges = edges.map((share) => quantileOfSorted(sorted, share));
  }
  const bins = noBins(nBins);
  for (let i = 0; i < positive.length; i++) {
    const p = yProb[i] as number;
    addToBin(bins, binOf(edges, p), positive[i] as number, p, sampleWeight?.[i]);
  }
  return binMeans(bins);
}
