import { checkNumbers, type Numbers } from '../arguments/numbers';
import { weightedMean } from '../statistics/mean';
import { explained } from './explained';
import { averageOutputs, type Output, type RegressionOptions, type Target, toOutputs } from './outputs';

export interface VarianceOptions extends Omit<RegressionOptions, 'multioutput'> {
  /** Of K outputs: their mean, one score each, or their mean by their variance or the weights given, [K]. */
  multioutput?: 'uniformAverage' | 'rawValues' | 'varianceWeighted' | Numbers;
  /** false: NaN or −∞ of a constant target, instead of 1 for a perfect guess and 0 for any other. */
  forceFinite?: boolean;
}

/** One score of each output from its loss and the loss of the mean, and one number of the scores. */
export function scoreVariance(
  caller: string,
  yTrue: Target,
  yPred: Target,
  { multioutput, forceFinite, sampleWeight }: VarianceOptions,
  losses: (output: Output) => { loss: number; reference: number },
): number | Float64Array {
  if (typeof multioutput === 'object') checkNumbers(caller, 'multioutput', multioutput);
  const all = toOutputs(caller, yTrue, yPred, sampleWeight).map(losses);
  const scores = all.map(({ loss, reference }) => explained(loss, reference, forceFinite));
  if (multioutput !== 'varianceWeighted') return averageOutputs(caller, scores, multioutput);
  const references = all.map(({ reference }) => reference);
  return weightedMean(scores, references.some((one) => one !== 0) ? references : undefined);
}
