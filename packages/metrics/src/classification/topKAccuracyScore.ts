import { checkCount } from '../arguments/count';
import { encodeLabels, type Labels } from '../arguments/labels';
import { type Matrix, toMatrix } from '../arguments/matrix';
import { checkWeights, type Weighted } from '../arguments/weights';

export interface TopKOptions extends Weighted {
  /** 2 if left out. */
  k?: number;
  /** The classes in the order of the columns; those of `yTrue`, ascending, if left out. */
  labels?: Labels;
  /** false: the weight of the samples that are right instead of their share. */
  normalize?: boolean;
}

/**
 * The share of samples whose class is among the `k` of highest score. Of equal scores the later column goes first.
 *
 * @param yTrue - [N] labels.
 * @param yScore - [N, K].
 * @throws RangeError if the number of classes is not that of the columns, or a label of `yTrue` is not in `labels`.
 */
export function topKAccuracyScore(yTrue: Labels, yScore: Matrix, options: TopKOptions = {}): number {
  const { k = 2, labels, sampleWeight, normalize = true } = options;
  checkCount('topKAccuracyScore', 'k', k);
  const { classes, codes } = encodeLabels('topKAccuracyScore', { yTrue }, labels);
  const truth = codes[0] as Int32Array;
  const { data, rows, columns } = toMatrix('topKAccuracyScore', 'yScore', yScore, truth.length, classes.length);
  checkWeights('topKAccuracyScore', sampleWeight, rows);
  let [right, total] = [0, 0];
  for (let i = 0; i < rows; i++) {
    const own = truth[i] as number;
    if (own < 0) throw new RangeError(`topKAccuracyScore: yTrue[${i}] must be one of labels, got ${yTrue[i]}`);
    const score = data[i * columns + own] as number;
    let above = 0;
    for (let j = 0; j < columns; j++) {
      const other = data[i * columns + j] as number;
      if (other > score || (other === score && j > own)) above++;
    }
    const weight = sampleWeight ? (sampleWeight[i] as number) : 1;
    total += weight;
    if (above < k) right += weight;
  }
  return normalize ? right / total : right;
}
