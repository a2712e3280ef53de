import { describe } from '../arguments/describe';
import type { Label, Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { checkOneOf } from '../arguments/oneOf';
import { sum, weightedMean } from '../statistics/mean';
import { countOutcomes, type Outcomes } from './outcomes';

/**
 * How the scores of several classes become one:
 *
 * - `'binary'`: the score of `posLabel` alone;
 * - `'macro'`: their mean; `'weighted'`: their mean by how many samples have the class;
 * - `'micro'`: the score of the counts summed over the classes;
 * - `'samples'`: the mean over the rows of a multilabel matrix.
 */
export type Average = 'binary' | 'micro' | 'macro' | 'weighted' | 'samples';

export interface AverageOptions {
  /** The classes to look at, and their order; all that occur, ascending, if left out. */
  labels?: Labels | undefined;
  /** The class that is scored by `average: 'binary'`; 1 if left out. */
  posLabel?: Label;
  /** [N]. */
  sampleWeight?: Numbers | undefined;
  /** What 0 / 0 is: 0 if left out. NaN is left out of averages. */
  zeroDivision?: number;
}

/** Numerator and denominator of a score, from the counts of one class. */
export type Ratio = (hits: number, actual: number, predicted: number) => readonly [number, number];

/** What `averageRatios` takes its scores from. */
export interface Counted {
  outcomes: Outcomes;
  average: Average | null;
  zeroDivision: number;
  sampleWeight: Numbers | undefined;
}

/** Validates and counts what `average` needs; `'binary'` leaves a single class. */
export function countFor(
  caller: string,
  yTrue: Labels | Matrix,
  yPred: Labels | Matrix,
  options: AverageOptions,
  average: Average | null,
): Counted {
  const { labels, posLabel = 1, sampleWeight, zeroDivision = 0 } = options;
  checkOneOf(caller, 'average', average, ['binary', 'micro', 'macro', 'weighted', 'samples', null]);
  checkOneOf(caller, 'zeroDivision', zeroDivision, [0, 1, Number.NaN]);
  const bySample = average === 'samples';
  if (average !== 'binary') {
    const outcomes = countOutcomes(caller, yTrue, yPred, { labels, sampleWeight, bySample });
    return { outcomes, average, zeroDivision, sampleWeight };
  }
  if (isMatrix(yTrue)) throw new RangeError(`${caller}: average must not be 'binary' for a matrix; try 'macro'`);
  const outcomes = countOutcomes(caller, yTrue, yPred, { sampleWeight });
  return { outcomes: onlyPositive(caller, outcomes, posLabel), average, zeroDivision, sampleWeight };
}

function onlyPositive(caller: string, outcomes: Outcomes, posLabel: Label): Outcomes {
  const { classes, hits, actual, predicted, total } = outcomes;
  if (classes.length > 2) {
    throw new RangeError(`${caller}: average must not be 'binary' for ${classes.length} classes; try 'macro'`);
  }
  const k = classes.indexOf(posLabel);
  if (k < 0 && (classes.length === 2 || typeof classes[0] !== typeof posLabel)) {
    throw new RangeError(
      `${caller}: posLabel must be one of ${classes.map(describe).join(', ')}, got ${describe(posLabel)}`,
    );
  }
  const only = (values: Float64Array): Float64Array => Float64Array.of(values[k] ?? 0);
  return { classes: [posLabel], hits: only(hits), actual: only(actual), predicted: only(predicted), total };
}

/** [K], the score of each class. */
export function ratios({ outcomes, zeroDivision }: Counted, ratio: Ratio): Float64Array {
  const { hits, actual, predicted } = outcomes;
  return hits.map((hit, k) => {
    const [numerator, denominator] = ratio(hit, actual[k] as number, predicted[k] as number);
    return denominator === 0 ? zeroDivision : numerator / denominator;
  });
}

/** The scores of the classes, as one number unless `average` is null. */
export function averageRatios(counted: Counted, ratio: Ratio): number | Float64Array {
  const { outcomes, average, zeroDivision, sampleWeight } = counted;
  const noSupport = average === 'weighted' && outcomes.actual.every((actual) => actual === 0);
  if (average === 'micro' || noSupport) {
    const [numerator, denominator] = ratio(sum(outcomes.hits), sum(outcomes.actual), sum(outcomes.predicted));
    return denominator === 0 ? zeroDivision : numerator / denominator;
  }
  const scores = ratios(counted, ratio);
  if (average === null) return scores;
  if (average === 'weighted') return meanOfNumbers(scores, outcomes.actual);
  return meanOfNumbers(scores, average === 'samples' ? sampleWeight : undefined);
}

/** Their mean, without those that are NaN; NaN if all are. */
function meanOfNumbers(values: Float64Array, weights?: Numbers): number {
  const known = values.map((value, i) => (Number.isNaN(value) ? 0 : (weights?.[i] ?? 1)));
  return weightedMean(
    values.map((value) => value || 0),
    known,
  );
}
