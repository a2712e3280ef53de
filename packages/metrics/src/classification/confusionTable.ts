import { encodeLabels, type Label, type Labels } from '../arguments/labels';
import { checkWeights, type Weighted } from '../arguments/weights';
import { addConfusion } from './confusionCounts';

/** Counts of truth (rows) against prediction (columns). */
export interface ConfusionTable {
  /** [K]. */
  classes: readonly Label[];
  /** [K · K], row after row. */
  counts: Float64Array;
}

/** Validates and counts. Samples with a label beyond `labels` are left out. */
export function confusionTable(
  caller: string,
  yTrue: Labels,
  yPred: Labels,
  { labels, sampleWeight }: Weighted & { labels?: Labels | undefined },
): ConfusionTable {
  const { classes, codes } = encodeLabels(caller, { yTrue, yPred }, labels);
  checkWeights(caller, sampleWeight, yTrue.length);
  const counts = new Float64Array(classes.length ** 2);
  const [truth, prediction] = codes as [Int32Array, Int32Array];
  addConfusion(counts, classes.length, truth, prediction, sampleWeight);
  return { classes, counts };
}

/** How much is in each row and in each column, [K] each, and in all. */
export function margins({ classes, counts }: ConfusionTable) {
  const size = classes.length;
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  let total = 0;
  for (const [cell, count] of counts.entries()) {
    const [row, column] = [Math.floor(cell / size), cell % size];
    rows[row] = (rows[row] as number) + count;
    columns[column] = (columns[column] as number) + count;
    total += count;
  }
  return { rows, columns, total };
}
