import { toIndicators } from '../arguments/indicators';
import { encodeLabels, type Label, type Labels } from '../arguments/labels';
import { type FlatMatrix, isMatrix, type Matrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
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

/** Nothing counted yet. */
export function noOutcomes(classes: readonly Label[]): Outcomes {
  const zeros = (): Float64Array => new Float64Array(classes.length);
  return { classes, hits: zeros(), actual: zeros(), predicted: zeros(), total: 0 };
}

/** Counts samples of one class each, by the classes' numbers; −1 is a class that is not asked for. */
export function addCoded(outcomes: Outcomes, truth: Int32Array, prediction: Int32Array, weights?: Numbers): void {
  const { hits, actual, predicted } = outcomes;
  for (let i = 0; i < truth.length; i++) {
    const t = truth[i] as number;
    const p = prediction[i] as number;
    const weight = weights ? (weights[i] as number) : 1;
    outcomes.total += weight;
    if (t >= 0) actual[t] = (actual[t] as number) + weight;
    if (p >= 0) predicted[p] = (predicted[p] as number) + weight;
    if (t === p && t >= 0) hits[t] = (hits[t] as number) + weight;
  }
}

/** Outcomes for each of the columns listed, or, if `bySample`, for each row of two matrices of indicators. */
function countIndicators(
  truth: FlatMatrix,
  prediction: FlatMatrix,
  listed: readonly number[],
  weights: Numbers | undefined,
  bySample: boolean,
): Outcomes {
  const outcomes = noOutcomes(bySample ? Array.from({ length: truth.rows }, (_, i) => i) : listed);
  const { hits, actual, predicted } = outcomes;
  for (let i = 0; i < truth.rows; i++) {
    const weight = weights && !bySample ? (weights[i] as number) : 1;
    outcomes.total += weight;
    for (const [k, j] of listed.entries()) {
      const into = bySample ? i : k;
      const t = truth.data[i * truth.columns + j] as number;
      const p = prediction.data[i * truth.columns + j] as number;
      actual[into] = (actual[into] as number) + t * weight;
      predicted[into] = (predicted[into] as number) + p * weight;
      hits[into] = (hits[into] as number) + t * p * weight;
    }
  }
  if (bySample) outcomes.total = listed.length;
  return outcomes;
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
  { labels, sampleWeight, bySample = false }: OutcomeOptions,
): Outcomes {
  if (isMatrix(yTrue) || isMatrix(yPred)) {
    const truth = toIndicators(caller, 'yTrue', yTrue as Matrix);
    const prediction = toIndicators(caller, 'yPred', yPred as Matrix, truth.rows, truth.columns);
    checkWeights(caller, sampleWeight, truth.rows);
    const all = Array.from({ length: truth.columns }, (_, j) => j);
    const listed = labels ? (Array.from<Label>(labels) as number[]) : all;
    if (listed.some((j) => !all.includes(j))) {
      throw new RangeError(`${caller}: labels must be columns below ${truth.columns}, got ${listed}`);
    }
    return countIndicators(truth, prediction, listed, sampleWeight, bySample);
  }
  if (bySample) throw new RangeError(`${caller}: average must not be 'samples' for labels; give [N, K] indicators`);
  const { classes, codes } = encodeLabels(caller, { yTrue, yPred }, labels);
  checkWeights(caller, sampleWeight, yTrue.length);
  const outcomes = noOutcomes(classes);
  addCoded(outcomes, codes[0] as Int32Array, codes[1] as Int32Array, sampleWeight);
  return outcomes;
}
