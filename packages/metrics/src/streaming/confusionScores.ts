import type { Label } from '../arguments/labels';
import { averageRatios, type Counted, ratios } from '../classification/average';
import { type ConfusionTable, margins } from '../classification/confusionTable';
import { fbetaRatio, precisionRatio, recallRatio } from '../classification/ratioScores';
import { sum } from '../statistics/mean';

/** What counts of truth against prediction tell. 0 / 0 is 0. */
export interface ConfusionScores {
  /** [K], what the rows and columns are. */
  classes: readonly Label[];
  /** [K, K], rows the truth, columns the prediction. */
  matrix: number[][];
  accuracy: number;
  /** [K]. */
  precision: Float64Array;
  /** [K]. */
  recall: Float64Array;
  /** [K]. */
  f1: Float64Array;
  /** The means over the classes. */
  macro: { precision: number; recall: number; f1: number };
}

export function confusionScores(table: ConfusionTable): ConfusionScores {
  const { classes, counts } = table;
  const size = classes.length;
  const { rows: actual, columns: predicted, total } = margins(table);
  const hits = actual.map((_, k) => counts[k * size + k] as number);
  const outcomes = { classes, hits, actual, predicted, total };
  const counted: Counted = { outcomes, average: 'macro', zeroDivision: 0, sampleWeight: undefined };
  const macro = (ratio: Parameters<typeof averageRatios>[1]): number => averageRatios(counted, ratio) as number;
  const f1 = fbetaRatio(1);
  return {
    classes,
    matrix: Array.from({ length: size }, (_, i) => Array.from(counts.subarray(i * size, (i + 1) * size))),
    accuracy: sum(hits) / total,
    precision: ratios(counted, precisionRatio),
    recall: ratios(counted, recallRatio),
    f1: ratios(counted, f1),
    macro: { precision: macro(precisionRatio), recall: macro(recallRatio), f1: macro(f1) },
  };
}
