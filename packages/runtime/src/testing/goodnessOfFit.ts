/** Mean, variance and skewness of a sample. */
export function moments(values: ArrayLike<number>): [mean: number, variance: number, skew: number] {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  const about = (power: number) => list.reduce((sum, value) => sum + (value - mean) ** power, 0) / list.length;
  const variance = about(2);
  return [mean, variance, about(3) / variance ** 1.5];
}

/**
 * √n times the largest distance between a sample's distribution function and a law's. Below 1.95 with probability 0.999.
 *
 * Reference: Kolmogorov, "Sulla determinazione empirica di una legge di distribuzione", 1933.
 */
export function kolmogorovSmirnov(values: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let worst = 0;
  sorted.forEach((value, i) => {
    const p = cdf(value);
    worst = Math.max(worst, p - i / n, (i + 1) / n - p);
  });
  return worst * Math.sqrt(n);
}

/** Σ (observed − expected)² / expected. */
export function chiSquare(observed: ArrayLike<number>, expected: readonly number[]): number {
  return expected.reduce((sum, count, i) => sum + ((observed[i] as number) - count) ** 2 / count, 0);
}

/** How often each of the whole numbers below `classes` occurs. */
export function histogram(values: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const value of Array.from(values)) counts[value] = (counts[value] as number) + 1;
  return counts;
}

/** Pearson's correlation of two samples, times √n: a standard normal number when they are independent. */
export function scaledCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [meanA, varianceA] = moments(a);
  const [meanB, varianceB] = moments(b);
  const covariance = Array.from(a).reduce((sum, x, i) => sum + (x - meanA) * ((b[i] as number) - meanB), 0) / a.length;
  return (covariance / Math.sqrt(varianceA * varianceB)) * Math.sqrt(a.length);
}
