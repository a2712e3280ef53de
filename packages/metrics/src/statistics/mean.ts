import type { Numbers } from '../arguments/numbers';

/** `Σ w v / Σ w`; NaN if there is no weight. */
export function weightedMean(values: Numbers, weights?: Numbers): number {
  let [total, weight] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const w = weights ? (weights[i] as number) : 1;
    total += w * (values[i] as number);
    weight += w;
  }
  return total / weight;
}

export function sum(values: Numbers): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
