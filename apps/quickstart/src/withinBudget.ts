import type { Callback } from '@tenonjs/training';

export interface Budget {
  /** The training ends after so many seconds, or after so many steps, whichever comes first. */
  seconds: number;
  steps: number;
}

/** The share of a training in which the learning rate rises to its peak. */
const WARM_UP = 0.05;
/** The share of the seconds in which they do not count yet: the first steps take longer than the others. */
const GRACE = 0.1;

/**
 * Ends a training on time, with the learning rate at 0: it rises along a line, then falls along a cosine over the steps
 * or the seconds, whichever are used up faster. Where the steps come first, a run does not depend on the machine's speed.
 *
 * Reference: Loshchilov, Hutter, "SGDR: Stochastic gradient descent with warm restarts", 2017, eq. 5.
 *
 * @param budget - how much there is.
 * @param optimizer - its learning rate is set before each step; the one that it has now is the peak.
 * @param now - milliseconds, from a clock.
 */
export function withinBudget(
  { seconds, steps }: Budget,
  optimizer: { learningRate: number },
  now: () => number = () => performance.now(),
): Callback {
  const began = now();
  const peak = optimizer.learningRate;
  const secondsUsed = () => (now() - began) / 1000 / seconds;
  const done = (step: number) => Math.min(1, Math.max((step - 1) / steps, (secondsUsed() - GRACE) / (1 - GRACE)));
  return {
    onStepStart({ step }) {
      optimizer.learningRate = peak * rateAt(done(step));
    },
    onStepEnd({ run, step }) {
      const isLast = step === run.epochs * (run.stepsPerEpoch ?? Number.POSITIVE_INFINITY); // ends by itself, with its epoch
      if (!isLast && (step >= steps || secondsUsed() >= 1)) run.stop();
    },
  };
}

/** The share of the peak rate, when a share of the training is done. */
const rateAt = (done: number): number =>
  done < WARM_UP
    ? (done + 1e-3) / (WARM_UP + 1e-3)
    : 0.5 * (1 + Math.cos((Math.PI * (done - WARM_UP)) / (1 - WARM_UP)));
