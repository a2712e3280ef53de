import { checkRate, checkSteps } from './check';
import type { Schedule } from './schedule';

export interface StepDecayOptions {
  /** Of the first step. */
  rate: number;
  /** After so many steps, again and again; or the steps after which it happens. */
  every: number | readonly number[];
  /** What the rate is multiplied by. Default: 0.1. */
  factor?: number;
}

/**
 * A rate that falls at once, now and then: `rate · factor^k` after k falls. PyTorch's `StepLR` and `MultiStepLR`.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = sgd({ learningRate: stepDecay({ rate: 0.1, every: [30_000, 60_000] }), momentum: 0.9 });
 */
export function stepDecay({ rate, every, factor = 0.1 }: StepDecayOptions): Schedule {
  checkRate('stepDecay', 'rate', rate);
  checkRate('stepDecay', 'factor', factor);
  if (typeof every === 'number') {
    checkSteps('stepDecay', 'every', every);
    return (step) => rate * factor ** Math.floor(step / every);
  }
  for (const milestone of every) checkSteps('stepDecay', 'each of every', milestone);
  const milestones = [...every];
  return (step) => rate * factor ** milestones.filter((milestone) => milestone <= step).length;
}
