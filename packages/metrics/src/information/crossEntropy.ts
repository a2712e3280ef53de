import type { Numbers } from '../arguments/numbers';
import { type BaseOptions, unit } from './base';
import { checkDistribution } from './distribution';

/**
 * How long it takes on the mean to say what p draws in the code that is best for q.
 *
 *     −Σ p log q
 *
 * @param p - [K].
 * @param q - [K].
 * @returns in nats, or in bits with `base: 2`; Infinity where q = 0 < p.
 * @throws RangeError if a probability is outside [0, 1], or they do not sum to 1.
 */
export function crossEntropy(p: Numbers, q: Numbers, options: BaseOptions = {}): number {
  checkDistribution('crossEntropy', 'p', p);
  checkDistribution('crossEntropy', 'q', q, p.length);
  let total = 0;
  for (let i = 0; i < p.length; i++) if ((p[i] as number) > 0) total -= (p[i] as number) * Math.log(q[i] as number);
  return total / unit('crossEntropy', options);
}
