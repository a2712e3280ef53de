import type { Numbers } from '../arguments/numbers';
import { type BaseOptions, unit } from './base';
import { checkDistribution, relativeEntropy } from './distribution';

/**
 * How far two distributions are apart, the same both ways and never infinite.
 *
 *     (KL(p ‖ m) + KL(q ‖ m)) / 2, m = (p + q) / 2
 *
 * Reference: Lin 1991, "Divergence measures based on the Shannon entropy".
 *
 * @param p - [K].
 * @param q - [K].
 * @returns 0 … log 2, in nats, or in bits with `base: 2`.
 * @throws RangeError if a probability is outside [0, 1], or they do not sum to 1.
 */
export function jensenShannonDivergence(p: Numbers, q: Numbers, options: BaseOptions = {}): number {
  checkDistribution('jensenShannonDivergence', 'p', p);
  checkDistribution('jensenShannonDivergence', 'q', q, p.length);
  const middle = (i: number): number => ((p[i] as number) + (q[i] as number)) / 2;
  return (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2 / unit('jensenShannonDivergence', options);
}
