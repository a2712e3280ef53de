import { toIndicators } from '../arguments/indicators';
import { encodeLabels, type Label, type Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { refuse } from '../arguments/refuse';
import { checkWeights } from '../arguments/weights';

/** For each of K labels, the weight of the samples that have it, that are said to have it, and both. */
export interface Outcomes {
  /** [K]. */
  classes: readonly Label[];
  /** [K], true positives. */
  hits: Float64Array;
  /** [K], true positives and false negatives. */
  actual: Float64Array;
  /** [K], true positives and false positives. */
  predicted: Float64Array;
  /** The weight of all samples. */
  total: number;
}

export interface OutcomeOptions {
  /** The classes to look at, and their order; all that occur, ascending, if left out. */
  labels?: Labels | undefined;
  /** [N]. */
  sampleWeight?: Numbers | undefined;
  /** One entry for each row of a multilabel matrix instead of each label. */
  bySample?: boolean;
}

/**
 * Validates and counts.
 *
 * @param yTrue - [N] labels, or [N, K] indicators.
 * @param yPred - the same shape.
 */
export function countOutcomes(
  caller: string,
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: OutcomeOptions,
): Outcomes {
  if (isMatrix(yTrue) || isMatrix(yPred)) return countIndicators(caller, yTrue as Matrix, yPred as Matrix, options);
  const { labels, sampleWeight, bySample } = options;
  if (bySample) refuse(caller, 'yTrue', "be [N, K] indicators for average 'samples'", 'labels');
  const { classes, codes } = encodeLabels(caller, { yTrue, yPred }, labels);
  checkWeights(caller, sampleWeight, yTrue.length);
  const [truth, prediction] = codes as [Int32Array, Int32Array];
  const outcomes = noOutcomes(classes);
  addCoded(outcomes, truth, prediction, sampleWeight);
  return outcomes;
}

/** Outcomes of the columns that are asked for, or, by sample, of each row. */
function countIndicators(
  caller: string,
  yTrue: Matrix,
  yPred: Matrix,
  { labels, sampleWeight, bySample }: OutcomeOptions,
): Outcomes {
  const { data, rows, columns } = toIndicators(caller, 'yTrue', yTrue);
  const prediction = toIndicators(caller, 'yPred', yPred, rows, columns);
  checkWeights(caller, sampleWeight, rows);
  const all = Array.from({ length: columns }, (_, j) => j);
  const listed = labels ? (Array.from<Label>(labels) as number[]) : all;
  if (!listed.every((j) => all.includes(j))) refuse(caller, 'labels', `be columns below ${columns}`, listed);
  const outcomes = noOutcomes(bySample ? Array.from({ length: rows }, (_, i) => i) : listed);
  for (let i = 0; i < rows; i++) {
    const weight = sampleWeight && !bySample ? (sampleWeight[i] as number) : 1;
    outcomes.total += weight;
    for (const [k, j] of listed.entries()) {
      const t = weight * (data[i * columns + j] as number);
      const p = prediction.data[i * columns + j] as number;
      add(outcomes, bySample ? i : k, t, weight * p, t * p);
    }
  }
  if (bySample) outcomes.total = listed.length;
  return outcomes;
}

/** Counts samples of one class each, by the classes' numbers; −1 is a class that is not asked for. */
export function addCoded(outcomes: Outcomes, truth: Int32Array, prediction: Int32Array, weights?: Numbers): void {
  for (let i = 0; i < truth.length; i++) {
    const [t, p] = [truth[i] as number, prediction[i] as number];
    const weight = weights ? (weights[i] as number) : 1;
    outcomes.total += weight;
    const both = t === p ? weight : 0;
    add(outcomes, t, weight, both, both);
    if (!both) add(outcomes, p, 0, weight, 0);
  }
}

/** Nothing counted yet. */
export function noOutcomes(classes: readonly Label[]): Outcomes {
  const zeros = (): Float64Array => new Float64Array(classes.length);
  return { classes, hits: zeros(), actual: zeros(), predicted: zeros(), total: 0 };
}

/** Adds to class k; −1 is a class that is not asked for. */
function add({ hits, actual, predicted }: Outcomes, k: number, t: number, p: number, both: number): void {
  if (k < 0) return;
  (actual[k] as number) += t;
  (predicted[k] as number) += p;
  (hits[k] as number) += both;
}
