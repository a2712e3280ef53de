import type { Labels } from '../arguments/labels';
import type { Matrix } from '../arguments/matrix';
import { type Average, type AverageOptions, averageRatios, countFor } from './average';
import { checkBeta, fbetaRatio, precisionRatio, recallRatio } from './ratioScores';

/** One number each, and no support, if averaged; one for each class, [K], if not. */
export interface PrecisionRecallFscoreSupport<Score = number | Float64Array> {
  precision: Score;
  recall: Score;
  fscore: Score;
  /** The weight of the samples of each class. */
  support: Score extends number ? null : Float64Array;
}

type Options = AverageOptions & { beta?: number };

/**
 * Precision, recall, F score and support, from one count.
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yPred - the same shape.
 * @param options - `beta`, 1 if left out; `average`, null if left out, which gives arrays over the classes, [K].
 * @throws RangeError if shapes differ, or a binary score is asked of more than two classes.
 */
export function precisionRecallFscoreSupport(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options?: Options & { average?: null },
): PrecisionRecallFscoreSupport<Float64Array>;
export function precisionRecallFscoreSupport(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: Options & { average: Average },
): PrecisionRecallFscoreSupport<number>;
export function precisionRecallFscoreSupport(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: Options & { average?: Average | null } = {},
): PrecisionRecallFscoreSupport {
  const { beta = 1, average = null } = options;
  checkBeta('precisionRecallFscoreSupport', beta);
  const counted = countFor('precisionRecallFscoreSupport', yTrue, yPred, options, average);
  return {
    precision: averageRatios(counted, precisionRatio),
    recall: averageRatios(counted, recallRatio),
    fscore: averageRatios(counted, fbetaRatio(beta)),
    support: average === null ? counted.outcomes.actual : null,
  } as PrecisionRecallFscoreSupport;
}
