import type { Callback } from './callback';
import { setLearningRate } from './learningRate';

/**
 * Sets the optimizer's learning rate before each step.
 *
 * @param rate - of the epoch and of the step since the run began, both counted from 1. Being a function of these alone,
 *   it goes on rightly after a resume.
 * @throws RangeError when it gives something else than a non-negative number.
 *
 * @example
 * const halving = learningRateSchedule((epoch) => 1e-3 * 0.5 ** Math.floor(epoch / 10));
 */
export function learningRateSchedule(rate: (epoch: number, step: number) => number): Callback {
  return {
    onStepStart({ run, epoch, step }) {
      const value = rate(epoch, step);
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
        throw new RangeError(
          `learningRateSchedule: rate must be a non-negative number, got ${value} at epoch ${epoch}, step ${step}`,
        );
      }
      setLearningRate(run.optimizer, value);
    },
  };
}
