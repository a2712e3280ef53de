import { checkRate } from './check';
import type { Schedule } from './schedule';

/**
 * The same learning rate for all steps: what `warmUp` goes on with when nothing else shall change.
 *
 * @throws RangeError when the rate is negative or not finite.
 *
 * @example
 * const optimizer = adam({ learningRate: warmUp({ steps: 500 }, constantSchedule(1e-3)) });
 */
export function constantSchedule(rate: number): Schedule {
  checkRate('constantSchedule', 'rate', rate);
  return () => rate;
}
