import {
  accuracyScore,
  averagePrecisionScore,
  confusionMatrix,
  expectedCalibrationError,
  f1Score,
  logLoss,
  precisionScore,
  recallScore,
  rocAucScore,
  searchThreshold,
} from '@tenonjs/metrics';
import type { Predictions } from './models';

/** What a threshold makes of the predictions: malignant is what is at least so probable. */
export interface Judgement {
  /** [2, 2], rows the truth, benign before malignant. */
  matrix: number[][];
  precision: number;
  recall: number;
  /** Of the benign ones, how many are said to be malignant. */
  falsePositiveRate: number;
  f1: number;
  accuracy: number;
}

export function judge({ malignant, probability }: Predictions, threshold: number): Judgement {
  const said = probability.map((p) => Number(p >= threshold));
  const matrix = confusionMatrix(malignant, said, { labels: [0, 1] });
  const [well = 0, alarms = 0] = matrix[0] ?? [];
  return {
    matrix,
    // Where nothing is said to be malignant nothing is said wrongly: the curve's last point has precision 1.
    precision: precisionScore(malignant, said, { zeroDivision: 1 }),
    recall: recallScore(malignant, said),
    falsePositiveRate: alarms / (well + alarms),
    f1: f1Score(malignant, said),
    accuracy: accuracyScore(malignant, said),
  };
}

/** What needs no threshold. */
export function ratings({ malignant, probability }: Predictions) {
  return {
    rocAucScore: rocAucScore(malignant, probability),
    averagePrecisionScore: averagePrecisionScore(malignant, probability),
    logLoss: logLoss(malignant, probability),
    expectedCalibrationError: expectedCalibrationError(malignant, probability),
  };
}

/** Where F1 is largest. */
export const bestF1 = ({ malignant, probability }: Predictions): number =>
  searchThreshold(malignant, probability, { maximize: 'f1' }).threshold;

/** Where fewest benign ones are alarmed, while at most 2 % of the malignant ones are missed. */
export const fewMisses = ({ malignant, probability }: Predictions): number =>
  searchThreshold(malignant, probability, {
    maximize: ({ truePositives: hits, falseNegatives: misses, falsePositives: alarms }) =>
      misses <= 0.02 * (hits + misses) ? -alarms : Number.NaN,
  }).threshold;
