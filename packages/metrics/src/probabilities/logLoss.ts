import { describe } from '../arguments/describe';
import { encodeLabels, type Labels } from '../arguments/labels';
import { isMatrix, type Matrix, toMatrix } from '../arguments/matrix';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkProbabilityRows } from '../arguments/rowSums';
import { checkWeights, type Weighted } from '../arguments/weights';

export interface LogLossOptions extends Weighted {
  /** [K], the classes of the columns, in their order; those of `yTrue`, ascending, if left out. */
  labels?: Labels;
  /** Probabilities are clipped to [eps, 1 − eps]: 2⁻²³ for a Float32Array, else 2⁻⁵², if left out. */
  eps?: number;
  /** false: the sum over the samples instead of their mean. */
  normalize?: boolean;
}

/**
 * The mean negative log-probability, in nats, of the class that each sample is of.
 *
 * @param yTrue - [N] labels.
 * @param yProb - [N], the probability of the larger of two classes, or [N, K] with rows that sum to 1.
 * @throws RangeError if there is only one class, a probability is outside [0, 1] or a row does not sum to 1.
 */
export function logLoss(yTrue: Labels, yProb: Numbers | Matrix, options: LogLossOptions = {}): number {
  const { labels, sampleWeight, normalize = true } = options;
  const { classes, codes } = encodeLabels('logLoss', { yTrue }, labels);
  const truth = codes[0] as Int32Array;
  const unknown = truth.indexOf(-1);
  if (unknown >= 0) {
    throw new RangeError(`logLoss: yTrue[${unknown}] must be one of labels, got ${describe(yTrue[unknown])}`);
  }
  if (classes.length < 2) {
    throw new RangeError(`logLoss: yTrue must have two classes, got ${describe(classes[0])} only; give labels`);
  }
  checkWeights('logLoss', sampleWeight, truth.length);
  const { data, of } = probabilities(yProb, truth, classes.length);
  const eps = options.eps ?? (data instanceof Float32Array ? 2 ** -23 : 2 ** -52);
  let [total, weight] = [0, 0];
  for (let i = 0; i < truth.length; i++) {
    const w = sampleWeight ? (sampleWeight[i] as number) : 1;
    total -= w * Math.log(of(i, eps));
    weight += w;
  }
  return normalize ? total / weight : total;
}

/** The probability of each sample's own class, clipped, and scaled as the clipped row is then. */
function probabilities(yProb: Numbers | Matrix, truth: Int32Array, classes: number) {
  const clip = (p: number, eps: number): number => Math.min(Math.max(p, eps), 1 - eps);
  if (!isMatrix(yProb)) {
    checkNumbers('logLoss', 'yProb', yProb, truth.length, 0, 1);
    if (classes !== 2) throw new RangeError(`logLoss: yProb must be [N, ${classes}] for ${classes} classes, got [N]`);
    const of = (i: number, eps: number): number => {
      const p = clip(yProb[i] as number, eps);
      return truth[i] === 1 ? p : 1 - p;
    };
    return { data: yProb, of };
  }
  const matrix = toMatrix('logLoss', 'yProb', yProb, truth.length, classes);
  checkProbabilityRows('logLoss', 'yProb', matrix);
  const { data, columns } = matrix;
  const of = (i: number, eps: number): number => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += clip(data[i * columns + j] as number, eps);
    return clip(data[i * columns + (truth[i] as number)] as number, eps) / sum;
  };
  return { data, of };
}
