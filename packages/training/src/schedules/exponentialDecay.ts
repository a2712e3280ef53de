import { checkRate, checkSteps } from './check';
import type { Schedule } from './schedule';

export interface ExponentialDecayOptions {
  /** Of the first step. */
  rate: number;
  /** What the rate has been multiplied by after `every` steps. */
  factor: number;
  /** Default: 1, each step. */
  every?: number;
}

/**
 * A rate that falls evenly: `rate · factor^(step / every)`. PyTorch's `ExponentialLR`.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adam({ learningRate: exponentialDecay({ rate: 1e-3, factor: 0.5, every: 10_000 }) });
 */
export function exponentialDecay({ rate, factor, every = 1 }: ExponentialDecayOptions): Schedule {
  checkRate('exponentialDecay', 'rate', rate);
  checkRate('exponentialDecay', 'factor', factor);
  checkSteps('exponentialDecay', 'every', every);
  return (step) => rate * factor ** (step / every);
}
