import { describe } from '../arguments/describe';
import { encodeLabels, type Label, type Labels } from '../arguments/labels';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { refuse } from '../arguments/refuse';
import { checkWeights, type Weighted } from '../arguments/weights';

/** What curves are made of: which samples are positive, and how high each is scored. */
export interface ScoredSamples {
  /** [N], 1 where the sample is of the class that high scores speak for. */
  positive: ArrayLike<number>;
  /** [N]. */
  scores: Numbers;
  /** [N]. */
  weights: Numbers | undefined;
}

export interface CurveOptions extends Weighted {
  /** The class that high scores speak for; 1 if left out. */
  posLabel?: Label;
}

/**
 * Validates and formats two classes and one score a sample.
 *
 * @param posLabel - null: the larger of the two classes.
 * @throws RangeError if there are more than two classes, or none of two is `posLabel`.
 */
export function scoredSamples(
  caller: string,
  yTrue: Labels,
  yScore: Numbers,
  sampleWeight: Numbers | undefined,
  posLabel: Label | null,
  scoreName = 'yScore',
): ScoredSamples {
  const { classes, codes } = encodeLabels(caller, { yTrue });
  const truth = codes[0] as Int32Array;
  checkNumbers(caller, scoreName, yScore, truth.length);
  checkWeights(caller, sampleWeight, truth.length);
  const listed = classes.slice(0, 5).map(describe).join(', ');
  if (classes.length > 2) refuse(caller, 'yTrue', 'have two classes', listed);
  const own = classes.indexOf(posLabel ?? classes[1] ?? 1);
  if (own < 0 && posLabel !== null && (classes.length > 1 || typeof classes[0] !== typeof posLabel)) {
    refuse(caller, 'posLabel', `be one of ${listed}`, describe(posLabel));
  }
  const positive = new Uint8Array(truth.length);
  for (let i = 0; i < truth.length; i++) positive[i] = truth[i] === own ? 1 : 0;
  return { positive, scores: yScore, weights: sampleWeight };
}
