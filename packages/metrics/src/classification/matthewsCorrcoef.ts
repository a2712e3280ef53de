import type { Labels } from '../arguments/labels';
import type { Weighted } from '../arguments/weights';
import { confusionTable, margins } from './confusionTable';

/**
 * Matthews' correlation of truth and prediction, for any number of classes.
 *
 *     (c s − Σₖ pₖ tₖ) / √((s² − Σₖ pₖ²) (s² − Σₖ tₖ²)), c right of s, tₖ actual and pₖ predicted of class k
 *
 * Reference: Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation coefficient".
 *
 * @param yTrue - [N] labels.
 * @param yPred - [N] labels.
 * @returns −1 … 1; 0 where truth or prediction is constant.
 * @throws RangeError if lengths differ.
 */
export function matthewsCorrcoef(yTrue: Labels, yPred: Labels, options: Weighted = {}): number {
  const table = confusionTable('matthewsCorrcoef', yTrue, yPred, options);
  const { rows, columns, total } = margins(table);
  const square = total * total;
  let [together, actual, predicted] = [0, square, square];
  for (const [k, row] of rows.entries()) {
    const column = columns[k] as number;
    together += (table.counts[k * rows.length + k] as number) * total - row * column;
    actual -= row * row;
    predicted -= column * column;
  }
  const constant = rows.filter((row) => row > 0).length < 2 || columns.filter((column) => column > 0).length < 2;
  return constant ? 0 : together / Math.sqrt(actual * predicted);
}
