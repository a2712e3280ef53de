import { checkCount } from '../arguments/count';
import { describe } from '../arguments/describe';
import { encodeLabels, type Labels } from '../arguments/labels';
import { type FlatMatrix, isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { refuse } from '../arguments/refuse';
import { warn } from '../arguments/warn';
import { checkWeights, type Weighted } from '../arguments/weights';

const name = 'topKAccuracyScore';

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
 * Two classes may have one score a sample, that of the larger one: with `k: 1` a sample is said to be of it above 0.5
 * where all scores are in [0, 1], else above 0, as in scikit-learn.
 *
 * @param yTrue - [N] labels.
 * @param yScore - [N, K], or [N] for two classes.
 * @returns 1, with a warning, where `k` is not below the number of classes.
 * @throws RangeError if the number of classes is not that of the columns, or a label of `yTrue` is not in `labels`.
 */
export function topKAccuracyScore(yTrue: Labels, yScore: Numbers | Matrix, options: TopKOptions = {}): number {
  const { k = 2, labels, sampleWeight, normalize = true } = options;
  checkCount(name, 'k', k);
  const { classes, codes } = encodeLabels(name, { yTrue }, labels);
  const truth = codes[0] as Int32Array;
  const isHit = isMatrix(yScore)
    ? amongHighest(toMatrix(name, 'yScore', yScore, truth.length, classes.length), k)
    : onRightSide(yScore, truth.length, classes.length, k);
  checkWeights(name, sampleWeight, truth.length);
  if (k >= classes.length) warn(name, `k is ${k} for ${classes.length} classes; the score is 1 whatever is predicted`);
  let [right, total] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    const own = truth[i] as number;
    if (own < 0) refuse(name, `yTrue[${i}]`, 'be one of labels', describe(yTrue[i]));
    const weight = sampleWeight ? (sampleWeight[i] as number) : 1;
    total += weight;
    if (isHit(i, own)) right += weight;
  }
  return normalize ? right / total : right;
}

type Hit = (sample: number, own: number) => boolean;

function amongHighest({ data, columns }: FlatMatrix, k: number): Hit {
  return (i, own) => {
    const score = data[i * columns + own] as number;
    let above = 0;
    for (let j = 0; j < columns; j++) {
      const other = data[i * columns + j] as number;
      if (other > score || (other === score && j > own)) above++;
    }
    return above < k;
  };
}

function onRightSide(scores: Numbers, length: number, classes: number, k: number): Hit {
  checkNumbers(name, 'yScore', scores, length);
  if (classes !== 2) refuse(name, 'yScore', `be [N, ${classes}] for ${classes} classes`, '[N]');
  let threshold = 0.5;
  for (let i = 0; i < length; i++) if ((scores[i] as number) < 0 || (scores[i] as number) > 1) threshold = 0;
  return (i, own) => k > 1 || Number((scores[i] as number) > threshold) === own;
}
