import { cholesky } from '../cholesky';

/**
 * What the covariances of components may be: any, each its own; any, one for all; without correlations; or the same in all
 * directions.
 */
export type CovarianceType = 'full' | 'tied' | 'diagonal' | 'spherical';

export const COVARIANCE_TYPES: readonly CovarianceType[] = ['full', 'tied', 'diagonal', 'spherical'];

/** One component of a mixture, as numbers. */
export interface GaussianComponent {
  /** How likely it is. */
  weight: number;
  /** μ, [D]. */
  mean: number[];
  /** Σ, [D][D], whatever its type. */
  covariance: number[][];
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** log w + log N(x; μ, Σ) of each point. */
export function weightedLogProb(
  { weight, mean, covariance }: GaussianComponent,
  points: readonly Float64Array[],
): Float64Array {
  const lower = cholesky('fitGaussianMixture: covariance', covariance);
  const logDet = lower.reduce((sum, row, i) => sum + Math.log(row[i] as number), 0);
  const constant = Math.log(weight) - logDet - 0.5 * mean.length * LOG_TWO_PI;
  const white = new Float64Array(mean.length);
  return Float64Array.from(points, (point) => {
    let square = 0;
    lower.forEach((row, i) => {
      let value = (point[i] as number) - (mean[i] as number);
      for (let j = 0; j < i; j++) value -= (row[j] as number) * (white[j] as number);
      white[i] = value / (row[i] as number);
      square += (white[i] as number) ** 2;
    });
    return constant - 0.5 * square;
  });
}

/** The components that explain points best which belong to each as far as its row of `shares` says. */
export function componentsOf(
  points: readonly Float64Array[],
  shares: readonly ArrayLike<number>[],
  type: CovarianceType,
  regularization: number,
): GaussianComponent[] {
  const components = shares.map((own) => componentOf(points, own, type, regularization));
  if (type !== 'tied') return components;
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const shared = (components[0] as GaussianComponent).covariance.map((row, d) =>
    row.map(
      (_, e) => components.reduce((sum, { weight, covariance }) => sum + weight * at(covariance, d, e), 0) / total,
    ),
  );
  return components.map((component) => ({ ...component, covariance: shared.map((row) => [...row]) }));
}

const at = (matrix: readonly (readonly number[])[], d: number, e: number): number => matrix[d]?.[e] as number;

/**
 * The component that explains points best which belong to it as far as `shares` says: their weighted mean and covariance,
 * with `regularization` added to the variances.
 */
function componentOf(
  points: readonly Float64Array[],
  shares: ArrayLike<number>,
  type: CovarianceType,
  regularization: number,
): GaussianComponent {
  const D = (points[0] as Float64Array).length;
  const axes = Array.from({ length: D }, (_, d) => d);
  let count = 10 * Number.EPSILON; // as scikit-learn has it: no division by 0
  for (let i = 0; i < points.length; i++) count += shares[i] as number;
  const average = (f: (point: Float64Array) => number): number => {
    let sum = 0;
    points.forEach((point, i) => {
      sum += (shares[i] as number) * f(point);
    });
    return sum / count;
  };
  const mean = axes.map((d) => average((point) => point[d] as number));
  const between = (d: number, e: number): number =>
    average((point) => ((point[d] as number) - (mean[d] as number)) * ((point[e] as number) - (mean[e] as number)));
  const isFull = type === 'full' || type === 'tied';
  const covariance = axes.map((d) =>
    axes.map((e) => (e === d ? between(d, d) + regularization : isFull && e < d ? between(d, e) : 0)),
  );
  if (isFull) mirror(covariance);
  if (type === 'spherical') {
    const variance = axes.reduce((sum, d) => sum + (covariance[d]?.[d] as number), 0) / D;
    for (const d of axes) (covariance[d] as number[])[d] = variance;
  }
  return { weight: count / points.length, mean, covariance };
}

/** Copies what is below the diagonal above it. */
function mirror(matrix: number[][]): void {
  matrix.forEach((row, d) => {
    for (let e = 0; e < d; e++) (matrix[e] as number[])[d] = row[e] as number;
  });
}
