import type { Numbers } from '../arguments/numbers';

/** What falls into each of B bins, [B] each. */
export interface CalibrationBins {
  /** The weight of the samples. */
  weight: Float64Array;
  /** The weight of those that came true. */
  actual: Float64Array;
  /** The summed probability. */
  predicted: Float64Array;
}

export function noBins(count: number): CalibrationBins {
  const zeros = (): Float64Array => new Float64Array(count);
  return { weight: zeros(), actual: zeros(), predicted: zeros() };
}

/** Adds a sample to bin b. */
export function addToBin(bins: CalibrationBins, b: number, came: number, probability: number, weight = 1): void {
  bins.weight[b] = (bins.weight[b] as number) + weight;
  bins.actual[b] = (bins.actual[b] as number) + weight * came;
  bins.predicted[b] = (bins.predicted[b] as number) + weight * probability;
}

/** B − 1 equally spaced bounds between bins. */
export function uniformEdges(count: number): Float64Array {
  return Float64Array.from({ length: count - 1 }, (_, b) => (b + 1) * (1 / count));
}

/** The bin of p, each of which ends with its upper bound: the number of bounds below p. */
export function binOf(edges: Numbers, p: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) < p) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The mean gap of frequency and probability over the bins, by their weight.
 *
 *     Σ_b (n_b / n) |frequency_b − probability_b|
 */
export function calibrationError({ weight, actual, predicted }: CalibrationBins): number {
  let [gap, total] = [0, 0];
  for (const [b, w] of weight.entries()) {
    gap += Math.abs((actual[b] as number) - (predicted[b] as number));
    total += w;
  }
  return gap / total;
}

/** Frequency and mean probability of the bins that are not empty. */
export function binMeans({ weight, actual, predicted }: CalibrationBins) {
  const filled = [...weight.keys()].filter((b) => (weight[b] as number) > 0);
  const mean = (of: Float64Array): Float64Array =>
    Float64Array.from(filled, (b) => (of[b] as number) / (weight[b] as number));
  return { probTrue: mean(actual), probPred: mean(predicted) };
}
