import { checkRate, checkSteps } from './check';
import type { Schedule } from './schedule';

export interface CosineDecayOptions {
  /** Of the first step. */
  rate: number;
  /** How many steps the fall takes; with restarts, the first one. */
  steps: number;
  /** Where it ends. Default: 0. */
  minRate?: number;
  /** Begin anew at the end of each fall, the next one taking so many times as many steps. Default: stay at the end. */
  restarts?: number;
}

/**
 * A rate that falls along half a wave: `min + (rate − min) · (1 + cos(π · step / steps)) / 2`. PyTorch's
 * `CosineAnnealingLR`, and with restarts its `CosineAnnealingWarmRestarts`.
 *
 * Reference: Loshchilov, Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * const optimizer = adamW({ learningRate: warmUp({ steps: 500 }, cosineDecay({ rate: 1e-3, steps: 20_000 })) });
 */
export function cosineDecay({ rate, steps, minRate = 0, restarts }: CosineDecayOptions): Schedule {
  checkRate('cosineDecay', 'rate', rate);
  checkRate('cosineDecay', 'minRate', minRate);
  checkSteps('cosineDecay', 'steps', steps);
  if (restarts !== undefined) checkSteps('cosineDecay', 'restarts', restarts);
  return (step) => {
    const { done, length } =
      restarts === undefined ? { done: Math.min(step, steps), length: steps } : fall(step, steps, restarts);
    return minRate + ((rate - minRate) * (1 + Math.cos((Math.PI * done) / length))) / 2;
  };
}

/** How far a step is in its fall: the k-th one takes `first · growthᵏ` steps. */
function fall(step: number, first: number, growth: number): { done: number; length: number } {
  let length = first;
  let done = step;
  if (growth === 1) return { done: step % first, length };
  while (done >= length) {
    done -= length;
    length *= growth;
  }
  return { done, length };
}
