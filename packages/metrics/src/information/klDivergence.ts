import type { Numbers } from '../arguments/numbers';
import { type BaseOptions, unit } from './base';
import { checkDistribution, relativeEntropy } from './distribution';

/**
 * What it costs to take q for p.
 *
 *     Σ p log(p / q)
 *
 * Reference: Kullback & Leibler 1951, "On information and sufficiency".
 *
 * @param p - [K].
 * @param q - [K].
 * @returns in nats, or in bits with `base: 2`; Infinity where q = 0 < p.
 * @throws RangeError if a probability is outside [0, 1], or they do not sum to 1.
 */
export function klDivergence(p: Numbers, q: Numbers, options: BaseOptions = {}): number {
  checkDistribution('klDivergence', 'p', p);
  checkDistribution('klDivergence', 'q', q, p.length);
  return relativeEntropy(p, (i) => q[i] as number) / unit('klDivergence', options);
}
