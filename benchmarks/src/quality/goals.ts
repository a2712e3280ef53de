import type { Goal } from '../benchmark.ts';

/** A figure that was measured, and what it is to be. */
export interface Figure {
  what: string;
  unit: string;
  mean: number;
  /** Of the mean, for the number of points it is taken over. */
  standardError: number;
  /** The mean is to be this, or above it by no more than `within`. */
  goal: number;
  within: number;
  seconds: number;
}

/** A figure as a goal that was reached or not. */
export function goalOf({ what, unit, mean, standardError, goal, within, seconds }: Figure): Goal {
  return {
    what,
    figure: `${mean.toFixed(4)} ± ${standardError.toFixed(4)} ${unit}, trained for ${Math.round(seconds)} s`,
    goal: within > 0 ? `${goal.toFixed(4)}, or above by ${within} at most` : `below ${goal}`,
    reached: mean - goal <= within,
  };
}
