import type { Labels } from '../arguments/labels';
import { checkOneOf } from '../arguments/oneOf';
import type { Weighted } from '../arguments/weights';
import { confusionTable, margins } from './confusionTable';

export interface ConfusionOptions extends Weighted {
  /** The classes and their order; all that occur, ascending, if left out. Samples of others are left out. */
  labels?: Labels;
  /** Shares of the row (`'true'`), of the column (`'pred'`) or of all (`'all'`) instead of counts. */
  normalize?: 'true' | 'pred' | 'all' | null;
}

/**
 * How often a sample of class i is said to be of class j.
 *
 * @param yTrue - [N] labels.
 * @param yPred - [N] labels.
 * @returns [K, K], rows the truth, columns the prediction; a share of nothing is 0.
 * @throws RangeError if lengths differ, or none of `labels` is in `yTrue`.
 */
export function confusionMatrix(yTrue: Labels, yPred: Labels, options: ConfusionOptions = {}): number[][] {
  const { normalize = null } = options;
  checkOneOf('confusionMatrix', 'normalize', normalize, ['true', 'pred', 'all', null]);
  const table = confusionTable('confusionMatrix', yTrue, yPred, options);
  const { rows, columns, total } = margins(table);
  const size = table.classes.length;
  const whole = (i: number, j: number): number => {
    if (normalize === null) return 1;
    return (normalize === 'true' ? rows[i] : normalize === 'pred' ? columns[j] : total) || 1;
  };
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (table.counts[i * size + j] as number) / whole(i, j)),
  );
}
