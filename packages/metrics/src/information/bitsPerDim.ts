import { checkCount } from '../arguments/count';
import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkWeights, type Weighted } from '../arguments/weights';
import { weightedMean } from '../statistics/mean';

/**
 * The mean negative log-likelihood in bits a dimension: `−mean log p / (D log 2)`.
 *
 * @param logProb - [N], the log-density of each sample, in nats.
 * @param dims - D, how many numbers a sample has.
 * @throws RangeError if a number is not finite, or `dims` is not a whole number from 1.
 */
export function bitsPerDim(logProb: Numbers, dims: number, { sampleWeight }: Weighted = {}): number {
  checkNumbers('bitsPerDim', 'logProb', logProb);
  checkCount('bitsPerDim', 'dims', dims);
  checkWeights('bitsPerDim', sampleWeight, logProb.length);
  return -weightedMean(logProb, sampleWeight) / (dims * Math.LN2);
}
