import { toIndicators } from '../arguments/indicators';
import type { Labels } from '../arguments/labels';
import { isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { checkOneOf } from '../arguments/oneOf';
import { warn } from '../arguments/warn';
import { checkWeights } from '../arguments/weights';
import { averageLabels, type LabelAverage, labelAverages } from './averageLabels';
import { type CurveOptions, type ScoredSamples, scoredSamples } from './scoredSamples';
import { walkThresholds } from './walkThresholds';

const name = 'averagePrecisionScore';

/**
 * Precision, averaged over the steps of recall: a step sum, never a trapezoid.
 *
 *     Σ (Rₙ − Rₙ₋₁) Pₙ
 *
 * @param yTrue - [N] labels of two classes, or [N, K] indicators of several labels a sample.
 * @param yScore - the same shape.
 * @param options - `posLabel`, the class that high scores speak for, 1 if left out; `average` of several labels,
 * 'macro' if left out, null for the scores of all, [K].
 * @returns 0, with a warning, where no sample is positive.
 * @throws RangeError if there are more than two classes, or a score is not finite.
 */
export function averagePrecisionScore(
  yTrue: Labels | Matrix,
  yScore: Numbers | Matrix,
  options?: CurveOptions & { average?: LabelAverage },
): number;
export function averagePrecisionScore(
  yTrue: Labels | Matrix,
  yScore: Numbers | Matrix,
  options: CurveOptions & { average: null },
): Float64Array;
export function averagePrecisionScore(
  yTrue: Labels | Matrix,
  yScore: Numbers | Matrix,
  options: CurveOptions & { average?: LabelAverage | null } = {},
): number | Float64Array {
  const { posLabel = 1, sampleWeight, average = 'macro' } = options;
  checkOneOf(name, 'average', average, labelAverages);
  if (!isMatrix(yTrue)) {
    return averagePrecision(scoredSamples(name, yTrue, yScore as Numbers, sampleWeight, posLabel));
  }
  const truth = toIndicators(name, 'yTrue', yTrue);
  const scores = toMatrix(name, 'yScore', yScore as Matrix, truth.rows, truth.columns);
  checkWeights(name, sampleWeight, truth.rows);
  return averageLabels(truth, scores, sampleWeight, average, averagePrecision);
}

function averagePrecision(samples: ScoredSamples): number {
  let [sum, lastHits] = [0, 0];
  walkThresholds(samples, (_, hits, alarms) => {
    if (hits > lastHits) sum += ((hits - lastHits) * hits) / (hits + alarms);
    lastHits = hits;
  });
  if (lastHits > 0) return sum / lastHits;
  warn(name, 'yTrue has no positive sample; the score is 0');
  return 0;
}
