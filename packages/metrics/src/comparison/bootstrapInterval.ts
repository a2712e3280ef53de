import { checkCount } from '../arguments/count';
import { checkOneOf } from '../arguments/oneOf';
import { weightedMean } from '../statistics/mean';
import { quantileOfSorted } from '../statistics/quantile';
import { uniforms } from '../statistics/random';
import { countSamples, type Samples, takeSamples } from './takeSamples';

export interface BootstrapOptions {
  /** The same seed draws the same samples. */
  seed: number;
  /** How often to draw; 1000 if left out. */
  resamples?: number;
  /** The share of intervals that hold the true score; 0.95 if left out. */
  confidence?: number;
  /** Quantiles of the resampled scores, or those mirrored at the score itself; `'percentile'` if left out. */
  method?: 'percentile' | 'basic';
}

export interface BootstrapInterval {
  /** The score of all samples. */
  estimate: number;
  low: number;
  high: number;
  standardError: number;
  /** The resampled scores, ascending, without those that are NaN. */
  scores: Float64Array;
}

/**
 * How sure a score is: its spread when the samples are drawn anew, with replacement.
 *
 * Reference: Efron & Tibshirani 1993, "An introduction to the bootstrap", ch. 13.
 *
 * @param metric - any score of truth and prediction.
 * @param yTrue - N samples.
 * @param yPred - N samples.
 * @throws RangeError if numbers of samples differ, or an option is out of range.
 */
export function bootstrapInterval<Truth extends Samples, Prediction extends Samples>(
  metric: (yTrue: Truth, yPred: Prediction) => number,
  yTrue: Truth,
  yPred: Prediction,
  { seed, resamples = 1000, confidence = 0.95, method = 'percentile' }: BootstrapOptions,
): BootstrapInterval {
  const length = countSamples(yTrue);
  checkCount('bootstrapInterval', 'the number of samples', length);
  if (countSamples(yPred) !== length) {
    throw new RangeError(`bootstrapInterval: yPred must have ${length} samples, got ${countSamples(yPred)}`);
  }
  checkCount('bootstrapInterval', 'resamples', resamples);
  checkCount('bootstrapInterval', 'seed', seed, 0);
  checkOneOf('bootstrapInterval', 'method', method, ['percentile', 'basic']);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`bootstrapInterval: confidence must be in (0, 1), got ${confidence}`);
  }
  const uniform = uniforms(seed);
  const places = new Uint32Array(length);
  const scores = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < length; i++) places[i] = uniform() * length;
    return metric(takeSamples(yTrue, places), takeSamples(yPred, places));
  })
    .filter((score) => !Number.isNaN(score))
    .sort();
  const estimate = metric(yTrue, yPred);
  const outside = (1 - confidence) / 2;
  const [low, high] = [quantileOfSorted(scores, outside), quantileOfSorted(scores, 1 - outside)];
  const mean = weightedMean(scores);
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (scores.length - 1);
  const ends = method === 'basic' ? { low: 2 * estimate - high, high: 2 * estimate - low } : { low, high };
  return { estimate, ...ends, standardError: Math.sqrt(variance), scores };
}
