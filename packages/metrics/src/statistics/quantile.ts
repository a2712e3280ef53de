import type { Numbers } from '../arguments/numbers';
import { sum } from './mean';

/** The q-quantile of numbers, with a straight line between neighbours. */
export function quantile(values: Numbers, q: number): number {
  return quantileOfSorted(new Float64Array(values).sort(), q);
}

/** The q-quantile of ascending numbers, with a straight line between neighbours. */
export function quantileOfSorted(sorted: Numbers, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  const way = place - below;
  return way < 0.5 ? low + (high - low) * way : high - (high - low) * (1 - way);
}

/** The smallest number that has the share q of the weight at or below it. */
export function weightedQuantile(values: Numbers, weights: Numbers, q: number): number {
  const order = Array.from(values, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const wanted = q * sum(weights) || Number.MIN_VALUE;
  let reached = 0;
  const place = order.findIndex((i) => {
    reached += weights[i] as number;
    return reached >= wanted;
  });
  return values[order.at(place) as number] as number;
}
