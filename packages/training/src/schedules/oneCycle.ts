import { checkRate, checkSteps } from './check';
import type { Schedule } from './schedule';

export interface OneCycleOptions {
  /** Of the peak. */
  maxRate: number;
  /** Of the whole cycle: all steps of the run. */
  steps: number;
  /** The share of the steps that the rise takes. Default: 0.3. */
  rise?: number;
  /** The first rate is maxRate divided by this. Default: 25. */
  startDivisor?: number;
  /** The last rate is the first one divided by this. Default: 1e4. */
  endDivisor?: number;
  /** Along half a wave or a straight line. Default: 'cosine'. */
  shape?: 'cosine' | 'linear';
}

/**
 * A rate that rises to a peak and falls far below where it began. PyTorch's `OneCycleLR`; after the cycle the rate stays.
 *
 * Reference: Smith, Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = sgd({ learningRate: oneCycle({ maxRate: 0.4, steps: 5_000 }), momentum: 0.9, nesterov: true });
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { maxRate, steps, rise = 0.3, startDivisor = 25, endDivisor = 1e4, shape = 'cosine' } = options;
  checkRate('oneCycle', 'maxRate', maxRate);
  checkSteps('oneCycle', 'steps', steps);
  for (const [name, value] of Object.entries({ startDivisor, endDivisor })) {
    if (!(value > 0)) throw new RangeError(`oneCycle: ${name} must be positive, got ${value}`);
  }
  const peak = rise * steps - 1;
  const last = steps - 1;
  if (!(peak > 0 && peak < last)) {
    throw new RangeError(`oneCycle: rise must leave steps before and after the peak, got ${rise} of ${steps} steps`);
  }
  const first = maxRate / startDivisor;
  const end = first / endDivisor;
  const between = (from: number, to: number, share: number) =>
    shape === 'linear' ? from + (to - from) * share : to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
  return (step) =>
    step <= peak
      ? between(first, maxRate, step / peak)
      : between(maxRate, end, Math.min(1, (step - peak) / (last - peak)));
}
