import { checkRate, checkSteps } from './check';
import type { Schedule } from './schedule';

export interface PolynomialDecayOptions {
  /** Of the first step. */
  rate: number;
  /** After how many steps the last rate is reached; it then stays. */
  steps: number;
  /** Default: 1, a straight line. */
  power?: number;
  /** The last rate. Default: 0. */
  endRate?: number;
}

/**
 * A rate that falls to its end: `end + (rate − end) · (1 − step / steps)^power`. PyTorch's `PolynomialLR`, whose end is 0.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = sgd({ learningRate: polynomialDecay({ rate: 0.1, steps: 90_000, power: 2 }) });
 */
export function polynomialDecay({ rate, steps, power = 1, endRate = 0 }: PolynomialDecayOptions): Schedule {
  checkRate('polynomialDecay', 'rate', rate);
  checkRate('polynomialDecay', 'endRate', endRate);
  checkRate('polynomialDecay', 'power', power);
  checkSteps('polynomialDecay', 'steps', steps);
  return (step) => endRate + (rate - endRate) * (1 - Math.min(step, steps) / steps) ** power;
}
