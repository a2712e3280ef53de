import type { Numbers } from '../arguments/numbers';
import { type BaseOptions, unit } from './base';
import { checkDistribution, relativeEntropy } from './distribution';

/**
 * How uncertain a distribution is.
 *
 *     −Σ p log p
 *
 * @param p - [K].
 * @returns in nats, or in bits with `base: 2`.
 * @throws RangeError if a probability is outside [0, 1], or they do not sum to 1.
 */
export function entropy(p: Numbers, options: BaseOptions = {}): number {
  checkDistribution('entropy', 'p', p);
  return 0 - relativeEntropy(p, () => 1) / unit('entropy', options);
}
