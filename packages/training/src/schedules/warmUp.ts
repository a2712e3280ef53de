import { checkRate, checkSteps } from './check';
import type { Schedule } from './schedule';

export interface WarmUpOptions {
  /** How many steps it takes. */
  steps: number;
  /** The share of the rate in the first step. Default: 1 / steps. */
  from?: number;
}

/**
 * A rate that rises along a straight line to the first one of another schedule, which then goes on:
 * `then(0) · (from + (1 − from) · step / steps)`, then `then(step − steps)`. PyTorch's `LinearLR` and `SequentialLR`.
 *
 * Reference: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adam({ learningRate: warmUp({ steps: 500 }, cosineDecay({ rate: 1e-3, steps: 20_000 })) });
 */
export function warmUp({ steps, from = 1 / steps }: WarmUpOptions, then: Schedule): Schedule {
  checkSteps('warmUp', 'steps', steps);
  checkRate('warmUp', 'from', from);
  return (step) => (step < steps ? then(0) * (from + ((1 - from) * step) / steps) : then(step - steps));
}
