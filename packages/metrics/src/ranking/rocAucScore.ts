import { describe } from '../arguments/describe';
import { toIndicators } from '../arguments/indicators';
import type { Labels } from '../arguments/labels';
import { columnOf, isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { checkOneOf } from '../arguments/oneOf';
import { refuse } from '../arguments/refuse';
import { checkProbabilityRows } from '../arguments/rowSums';
import { checkWeights, type Weighted } from '../arguments/weights';
import { averageLabels, type LabelAverage, labelAverages } from './averageLabels';
import { binaryRocAuc } from './binaryRocAuc';
import { oneAgainstRest, type ScoredClasses, scoredClasses } from './oneAgainstRest';
import { scoredSamples } from './scoredSamples';

export interface RocAucOptions extends Weighted {
  /** Of more than two classes: each against the rest, or each pair. */
  multiClass?: 'ovr' | 'ovo';
  /** Of several classes or labels: `'macro'` if left out; null gives the areas of all, [K]. */
  average?: LabelAverage | null;
  /** Of two classes: the area up to this false-positive rate, standardised (McClish 1989). */
  maxFpr?: number;
  /** [K], the classes of the columns, in their order; those of `yTrue`, ascending, if left out. */
  labels?: Labels;
}

const name = 'rocAucScore';

/**
 * The area under the receiver operating characteristic: how probably a positive sample is scored higher than a negative
 * one, equal scores counting half. Of two classes the larger one is positive.
 *
 * Reference: Fawcett 2006, "An introduction to ROC analysis"; Hand & Till 2001 for `multiClass: 'ovo'`.
 *
 * @param yTrue - [N] labels, or [N, K] indicators of several labels a sample.
 * @param yScore - [N] for two classes; [N, K] for more, with rows that sum to 1, and for indicators.
 * @returns NaN, with a warning, where there is only one class.
 * @throws RangeError if shapes differ, scores are not finite, or rows of several classes do not sum to 1.
 */
export function rocAucScore(
  yTrue: Labels | Matrix,
  yScore: Numbers | Matrix,
  options?: RocAucOptions & { average?: LabelAverage },
): number;
export function rocAucScore(
  yTrue: Labels | Matrix,
  yScore: Numbers | Matrix,
  options: RocAucOptions & { average: null },
): Float64Array;
export function rocAucScore(
  yTrue: Labels | Matrix,
  yScore: Numbers | Matrix,
  options: RocAucOptions = {},
): number | Float64Array {
  const { sampleWeight, maxFpr = 1, average = 'macro', labels } = options;
  checkOneOf(name, 'average', average, labelAverages);
  if (!(maxFpr > 0 && maxFpr <= 1)) refuse(name, 'maxFpr', 'be in (0, 1]', maxFpr);
  if (isMatrix(yTrue)) {
    const truth = toIndicators(name, 'yTrue', yTrue);
    const scores = toMatrix(name, 'yScore', yScore as Matrix, truth.rows, truth.columns);
    checkWeights(name, sampleWeight, truth.rows);
    return averageLabels(truth, scores, sampleWeight, average, (samples) => binaryRocAuc(name, samples, maxFpr));
  }
  if (!isMatrix(yScore)) {
    return binaryRocAuc(name, scoredSamples(name, yTrue, yScore, sampleWeight, null), maxFpr);
  }
  if (maxFpr !== 1) refuse(name, 'maxFpr', 'be left out for several classes', maxFpr);
  const classes = scoredClasses(name, yTrue, yScore, labels);
  checkProbabilityRows(name, 'yScore', classes.scores);
  checkWeights(name, sampleWeight, classes.truth.length);
  return multiclass(classes, options, average);
}

function multiclass(
  classes: ScoredClasses,
  { multiClass, sampleWeight }: RocAucOptions,
  average: LabelAverage | null,
): number | Float64Array {
  checkOneOf(name, 'multiClass', multiClass, ['ovr', 'ovo']);
  if (multiClass === 'ovr') {
    checkOneOf(name, 'average', average, ['micro', 'macro', 'weighted', null]);
    const truth = oneAgainstRest(classes);
    return averageLabels(truth, classes.scores, sampleWeight, average, (samples) => binaryRocAuc(name, samples));
  }
  checkOneOf(name, 'average', average, ['macro', 'weighted']);
  if (sampleWeight) refuse(name, 'sampleWeight', "be left out for multiClass 'ovo'", describe(sampleWeight));
  return oneAgainstOne(classes, average === 'weighted');
}

/** The mean over all pairs of classes that occur, each class scored against the other; weighted by their samples. */
function oneAgainstOne({ truth, scores }: ScoredClasses, weighted: boolean): number {
  const present = Array.from({ length: scores.columns }, (_, k) => k).filter((k) => truth.includes(k));
  let [total, weight] = [0, 0];
  for (const a of present) {
    for (const b of present) {
      if (a === b) continue;
      const among = [...truth.keys()].filter((i) => truth[i] === a || truth[i] === b);
      const column = columnOf(scores, a);
      const positive = among.map((i) => Number(truth[i] === a));
      const pair = { positive, scores: among.map((i) => column[i] as number), weights: undefined };
      const w = weighted ? among.length : 1;
      total += w * binaryRocAuc(name, pair);
      weight += w;
    }
  }
  return total / weight;
}
