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

/** Outcomes for each label, or, if `bySample`, for each row of two matrices of indicators. */
function countIndicators(truth: FlatMatrix, prediction: FlatMatrix, weights?: Numbers, bySample = false): Outcomes {
  const { rows, columns } = truth;
  const outcomes = noOutcomes(Array.from({ length: bySample ? rows : columns }, (_, k) => k));
  const { hits, actual, predicted } = outcomes;
  for (let i = 0; i < rows; i++) {
    const weight = weights && !bySample ? (weights[i] as number) : 1;
    outcomes.total += weight;
    for (let j = 0; j < columns; j++) {
      const k = bySample ? i : j;
      const t = truth.data[i * columns + j] as number;
      const p = prediction.data[i * columns + j] as number;
      actual[k] = (actual[k] as number) + t * weight;
      predicted[k] = (predicted[k] as number) + p * weight;
      hits[k] = (hits[k] as number) + t * p * weight;
    }
  }
  if (bySample) outcomes.total = columns;
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
    const outcomes = countIndicators(truth, prediction, sampleWeight, bySample);
    return labels && !bySample ? pickLabels(caller, outcomes, labels) : outcomes;
  }
  if (bySample) throw new RangeError(`${caller}: average must not be 'samples' for labels; give [N, K] indicators`);
  const { classes, codes } = encodeLabels(caller, { yTrue, yPred }, labels);
  checkWeights(caller, sampleWeight, yTrue.length);
  const outcomes = noOutcomes(classes);
  addCoded(outcomes, codes[0] as Int32Array, codes[1] as Int32Array, sampleWeight);
  return outcomes;
}

function pickLabels(caller: string, all: Outcomes, labels: Labels): Outcomes {
  const columns = Array.from<Label>(labels) as number[];
  const beyond = columns.find((j) => !(j in all.hits));
  if (beyond !== undefined) {
    throw new RangeError(`${caller}: labels must be columns below ${all.classes.length}, got ${beyond}`);
  }
  const pick = (values: Float64Array): Float64Array => Float64Array.from(columns, (j) => values[j] as number);
  return {
    classes: columns,
    hits: pick(all.hits),
    actual: pick(all.actual),
    predicted: pick(all.predicted),
    total: all.total,
  };
}
