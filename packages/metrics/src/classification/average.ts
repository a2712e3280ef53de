import { describe } from '../arguments/describe';
import type { Label, Labels } from '../arguments/labels';
import { isMatrix, type Matrix } from '../arguments/matrix';
import type { Numbers } from '../arguments/numbers';
import { checkOneOf } from '../arguments/oneOf';
import { refuse } from '../arguments/refuse';
import { sum } from '../statistics/mean';
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
  { labels, posLabel = 1, sampleWeight, zeroDivision = 0 }: AverageOptions,
  average: Average | null,
): Counted {
  checkOneOf(caller, 'average', average, ['binary', 'micro', 'macro', 'weighted', 'samples', null]);
  checkOneOf(caller, 'zeroDivision', zeroDivision, [0, 1, Number.NaN]);
  const binary = average === 'binary';
  if (binary && isMatrix(yTrue)) refuse(caller, 'yTrue', "be labels for average 'binary'", "a matrix; try 'macro'");
  const bySample = average === 'samples';
  const outcomes = countOutcomes(caller, yTrue, yPred, { labels: binary ? undefined : labels, sampleWeight, bySample });
  return {
    outcomes: binary ? onlyPositive(caller, outcomes, posLabel) : outcomes,
    average,
    zeroDivision,
    sampleWeight,
  };
}

function onlyPositive(caller: string, outcomes: Outcomes, posLabel: Label): Outcomes {
  const { classes } = outcomes;
  const count = classes.length;
  if (count > 2) refuse(caller, 'yTrue', "have two classes for average 'binary'", `${count}; try 'macro'`);
  const k = classes.indexOf(posLabel);
  if (k < 0 && (count > 1 || typeof classes[0] !== typeof posLabel)) {
    refuse(caller, 'posLabel', `be one of ${classes.map(describe).join(', ')}`, describe(posLabel));
  }
  return asOneClass(outcomes, (counts) => counts[k] ?? 0);
}

/** Outcomes of a single class, each count made from those of all. */
function asOneClass(outcomes: Outcomes, make: (counts: Float64Array) => number): Outcomes {
  const one = (counts: Float64Array): Float64Array => Float64Array.of(make(counts));
  const { hits, actual, predicted } = outcomes;
  return { ...outcomes, hits: one(hits), actual: one(actual), predicted: one(predicted) };
}

/** [K], the score of each class. */
export function ratios({ outcomes: { hits, actual, predicted }, zeroDivision }: Counted, ratio: Ratio): Float64Array {
  return hits.map((hit, k) => {
    const [numerator, denominator] = ratio(hit, actual[k] as number, predicted[k] as number);
    return denominator === 0 ? zeroDivision : numerator / denominator;
  });
}

/** The scores of the classes, as one number unless `average` is null; those that are NaN are left out of it. */
export function averageRatios(counted: Counted, ratio: Ratio): number | Float64Array {
  const { outcomes, average, sampleWeight } = counted;
  const { actual } = outcomes;
  if (average === 'micro' || (average === 'weighted' && !sum(actual))) {
    return ratios({ ...counted, outcomes: asOneClass(outcomes, sum) }, ratio)[0] as number;
  }
  const scores = ratios(counted, ratio);
  if (average === null) return scores;
  const weights = average === 'weighted' ? actual : average === 'samples' ? sampleWeight : undefined;
  let [total, weight] = [0, 0];
  for (const [k, score] of scores.entries()) {
    if (Number.isNaN(score)) continue;
    const w = weights ? (weights[k] as number) : 1;
    total += w * score;
    weight += w;
  }
  return total / weight;
}
