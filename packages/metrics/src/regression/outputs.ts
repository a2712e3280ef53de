import { columnOf, isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkOneOf } from '../arguments/oneOf';
import { checkWeights, type Weighted } from '../arguments/weights';
import { weightedMean } from '../statistics/mean';

/** One number a sample, [N], or K of them, [N, K]. */
export type Target = Numbers | Matrix;

export interface RegressionOptions extends Weighted {
  /** Of K outputs: their mean, one score each, or their mean by the weights given, [K]. */
  multioutput?: 'uniformAverage' | 'rawValues' | Numbers;
}

/** One number, or one for each output if raw values are asked for. */
export type OutputScore<Options> = Options extends { multioutput: 'rawValues' } ? Float64Array : number;

/** Validated columns of the same length. */
export interface Output {
  /** [N]. */
  truth: Numbers;
  /** [N]. */
  prediction: Numbers;
  /** [N]. */
  weights: Numbers | undefined;
}

/** Validates and formats: each output by itself. */
export function toOutputs(caller: string, yTrue: Target, yPred: Target, weights: Numbers | undefined): Output[] {
  if (!isMatrix(yTrue) && !isMatrix(yPred)) {
    checkNumbers(caller, 'yTrue', yTrue);
    checkNumbers(caller, 'yPred', yPred, yTrue.length);
    checkWeights(caller, weights, yTrue.length);
    return [{ truth: yTrue, prediction: yPred, weights }];
  }
  const truth = toMatrix(caller, 'yTrue', yTrue as Matrix);
  const prediction = toMatrix(caller, 'yPred', yPred as Matrix, truth.rows, truth.columns);
  checkWeights(caller, weights, truth.rows);
  return Array.from({ length: truth.columns }, (_, j) => ({
    truth: columnOf(truth, j),
    prediction: columnOf(prediction, j),
    weights,
  }));
}

/** Validates, scores each output, and makes one number of the scores. */
export function scoreOutputs<Options extends RegressionOptions>(
  caller: string,
  yTrue: Target,
  yPred: Target,
  options: Options | undefined,
  score: (output: Output) => number,
): OutputScore<Options> {
  const outputs = toOutputs(caller, yTrue, yPred, options?.sampleWeight);
  return averageOutputs(caller, outputs.map(score), options?.multioutput) as OutputScore<Options>;
}

/** One number of the scores of K outputs, or all of them. */
export function averageOutputs(
  caller: string,
  scores: readonly number[],
  multioutput: RegressionOptions['multioutput'] = 'uniformAverage',
): number | Float64Array {
  if (typeof multioutput === 'object') {
    checkNumbers(caller, 'multioutput', multioutput, scores.length);
    return weightedMean(scores, multioutput);
  }
  checkOneOf(caller, 'multioutput', multioutput, ['uniformAverage', 'rawValues']);
  return multioutput === 'rawValues' ? Float64Array.from(scores) : weightedMean(scores);
}

/** The mean over the samples of a loss of truth and prediction. */
export function meanLoss(
  { truth, prediction, weights }: Output,
  loss: (truth: number, prediction: number) => number,
): number {
  let [total, weight] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    const w = weights ? (weights[i] as number) : 1;
    total += w * loss(truth[i] as number, prediction[i] as number);
    weight += w;
  }
  return total / weight;
}
