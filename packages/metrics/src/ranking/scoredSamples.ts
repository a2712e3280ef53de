import { describe } from '../arguments/describe';
import { kindOf, type Label, type Labels } from '../arguments/labels';
import { checkLength, checkNumbers, type Numbers } from '../arguments/numbers';
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
  const { met, codes } = fewLabels(caller, yTrue);
  checkNumbers(caller, scoreName, yScore, codes.length);
  checkWeights(caller, sampleWeight, codes.length);
  const classes = [...met].sort((a, b) => (a < b ? -1 : 1));
  const listed = classes.map(describe).join(', ');
  if (classes.length > 2) refuse(caller, 'yTrue', 'have two classes', listed);
  const own = met.indexOf(posLabel ?? classes[1] ?? 1);
  if (own < 0 && posLabel !== null && (classes.length > 1 || typeof classes[0] !== typeof posLabel)) {
    refuse(caller, 'posLabel', `be one of ${listed}`, describe(posLabel));
  }
  for (let i = 0; i < codes.length; i++) codes[i] = codes[i] === own ? 1 : 0;
  return { positive: codes, scores: yScore, weights: sampleWeight };
}

/** The labels as they are first met, up to five, and which of them each sample has, [N]: a byte each. */
function fewLabels(caller: string, yTrue: Labels): { met: Label[]; codes: Uint8Array } {
  checkLength(caller, 'yTrue', yTrue);
  const met: Label[] = [];
  const codes = new Uint8Array(yTrue.length);
  let kind: string | undefined;
  for (let i = 0; i < codes.length && met.length < 5; i++) {
    const label = yTrue[i] as Label;
    let code = label === met[0] ? 0 : met.indexOf(label);
    if (code < 0) {
      kind = kindOf(caller, `yTrue[${i}]`, label, kind);
      code = met.push(label) - 1;
    }
    codes[i] = code;
  }
  return { met, codes };
}
