import { describe } from '../arguments/describe';
import { encodeLabels, type Labels } from '../arguments/labels';
import { type FlatMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { refuse } from '../arguments/refuse';

/** Labels as the numbers of the columns that score them. */
export interface ScoredClasses {
  /** [N], 0 … K − 1. */
  truth: Int32Array;
  /** [N, K]. */
  scores: FlatMatrix;
}

/** @throws RangeError if the classes are not as many as the columns, or a label of `yTrue` is not in `labels`. */
export function scoredClasses(caller: string, yTrue: Labels, yScore: Matrix, labels?: Labels): ScoredClasses {
  const { classes, codes } = encodeLabels(caller, { yTrue }, labels);
  const truth = codes[0] as Int32Array;
  const unknown = truth.indexOf(-1);
  if (unknown >= 0) refuse(caller, `yTrue[${unknown}]`, 'be one of labels', describe(yTrue[unknown]));
  const scores = toMatrix(caller, 'yScore', yScore, truth.length);
  if (scores.columns !== classes.length) {
    const hint = labels ? '' : '; say in labels which classes the columns are';
    refuse(caller, 'yScore', `have ${classes.length} columns`, scores.columns + hint);
  }
  return { truth, scores };
}

/** [N, K], 1 where the sample is of the class. */
export function oneAgainstRest({ truth, scores: { rows, columns } }: ScoredClasses): FlatMatrix<Float64Array> {
  const data = new Float64Array(rows * columns);
  for (const [i, code] of truth.entries()) data[i * columns + code] = 1;
  return { data, rows, columns };
}
