import type { Label, Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import { sum } from '../statistics/mean';
import { type Average, type AverageOptions, averageRatios, type Counted, countFor, ratios } from './average';
import { fbetaRatio, precisionRatio, recallRatio } from './ratioScores';

export interface ReportRow {
  precision: number;
  recall: number;
  f1: number;
  /** The weight of the samples. */
  support: number;
}

export interface ClassificationReport {
  /** One row for each class, in the order of the labels. */
  classes: (ReportRow & { label: Label; name: string })[];
  /** Of all samples; absent where `micro` stands instead. */
  accuracy?: number;
  /** From the summed counts, where that is not the accuracy: several labels a sample, or not all classes asked for. */
  micro?: ReportRow;
  macro: ReportRow;
  weighted: ReportRow;
  /** The mean over the rows of a multilabel matrix. */
  samples?: ReportRow;
}

export interface ReportOptions extends Omit<AverageOptions, 'posLabel'> {
  /** [K], what to call the classes. */
  targetNames?: readonly string[];
}

/**
 * Precision, recall, F1 and support of every class, and their averages. `formatReport` makes a table of it.
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yPred - the same shape.
 * @throws RangeError if shapes differ, or there are not as many names as classes.
 */
export function classificationReport(
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: ReportOptions = {},
): ClassificationReport {
  const counted = countFor('classificationReport', yTrue, yPred, options, null);
  const { classes, hits, actual, predicted, total } = counted.outcomes;
  const { targetNames = classes.map(String) } = options;
  if (targetNames.length !== classes.length) {
    const got = `${targetNames.length} for ${classes.length} classes`;
    throw new RangeError(`classificationReport: targetNames must be as many as the classes, got ${got}`);
  }
  const [precision, recall, f1] = scores.map((ratio) => ratios(counted, ratio)) as [Numbers, Numbers, Numbers];
  const present = hits.every((_, k) => (actual[k] as number) + (predicted[k] as number) > 0);
  const everySample = !isMatrix(yTrue) && present && sum(actual) === total && sum(predicted) === total;
  return {
    classes: classes.map((label, k) => ({
      label,
      name: targetNames[k] as string,
      precision: precision[k] as number,
      recall: recall[k] as number,
      f1: f1[k] as number,
      support: actual[k] as number,
    })),
    ...(everySample ? { accuracy: sum(hits) / total } : { micro: averageRow(counted, 'micro') }),
    macro: averageRow(counted, 'macro'),
    weighted: averageRow(counted, 'weighted'),
    ...(isMatrix(yTrue) ? { samples: samplesRow(yTrue, yPred, options, sum(actual)) } : {}),
  };
}

type Numbers = Float64Array;

const scores = [precisionRatio, recallRatio, /* @__PURE__ */ fbetaRatio(1)];

function averageRow(counted: Counted, average: Average): ReportRow {
  const [precision, recall, f1] = scores.map((ratio) => averageRatios({ ...counted, average }, ratio)) as [
    number,
    number,
    number,
  ];
  return { precision, recall, f1, support: sum(counted.outcomes.actual) };
}

function samplesRow(yTrue: Matrix, yPred: Labels | Matrix, options: ReportOptions, support: number): ReportRow {
  const counted = countFor('classificationReport', yTrue, yPred, options, 'samples');
  return { ...averageRow(counted, 'samples'), support };
}
