import { checkNumbers, type Numbers } from '../arguments/numbers';
import { checkWeights, type Weighted } from '../arguments/weights';
import { weightedMean } from '../statistics/mean';

/**
 * Of how many equally likely tokens a model is in doubt, on the geometric mean: `exp(−mean log p)`.
 *
 * @param logProb - [N], the log-probability of each token that came, in nats.
 * @returns at least 1.
 * @throws RangeError if a number is not finite, or is above 0.
 */
export function perplexity(logProb: Numbers, { sampleWeight }: Weighted = {}): number {
  checkNumbers('perplexity', 'logProb', logProb, logProb?.length, -Infinity, 0);
  checkWeights('perplexity', sampleWeight, logProb.length);
  return Math.exp(-weightedMean(logProb, sampleWeight));
}
