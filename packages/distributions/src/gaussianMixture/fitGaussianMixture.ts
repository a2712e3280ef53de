import * as tf from '@tensorflow/tfjs-core';
import { checkCount } from '../arguments';
import { Mixture } from '../families/mixture';
import { MultivariateNormal } from '../families/multivariateNormal';
import {
  COVARIANCE_TYPES,
  type CovarianceType,
  componentsOf,
  type GaussianComponent,
  weightedLogProb,
} from './components';
import { kMeans } from './kMeans';

export interface FitGaussianMixtureOptions {
  /** K, how many. */
  components: number;
  /** Of the seeded start, an integer in [0, 2⁵³). */
  seed: number;
  /** What covariances may be, 'full' unless told. */
  covariance?: CovarianceType;
  /** It has converged when the mean log-likelihood rises by less in a step. */
  tolerance?: number;
  maxSteps?: number;
  /** Added to each variance, so that none becomes 0. */
  regularization?: number;
  /** The components to start from; without, those of the groups of k-means. */
  start?: readonly GaussianComponent[];
  /** Called after each step. */
  onStep?: (event: { step: number; logLikelihood: number }) => void;
  /** Ends the fit between two steps, with the signal's reason. */
  signal?: AbortSignal;
}

export interface GaussianMixtureFit {
  /** The fitted distribution; `dispose` frees it with its components. */
  mixture: Mixture;
  components: GaussianComponent[];
  /** The mean log-likelihood of a point in nats, before each step; it never falls. */
  history: number[];
  converged: boolean;
  dispose(): void;
}

const OWNER = 'fitGaussianMixture';

/**
 * Fits a mixture of K normal distributions to points, by expectation maximisation in float64 on the host:
 *
 *     E: rₙₖ = wₖ N(xₙ; μₖ, Σₖ) / Σⱼ wⱼ N(xₙ; μⱼ, Σⱼ)
 *     M: Nₖ = Σₙ rₙₖ,  wₖ = Nₖ / N,  μₖ = Σₙ rₙₖ xₙ / Nₖ,  Σₖ = Σₙ rₙₖ (xₙ − μₖ)(xₙ − μₖ)ᵀ / Nₖ + ε I
 *
 * It starts from the groups of k-means with a k-means++ start, or from components that are given, and takes the same
 * steps as scikit-learn's `GaussianMixture`, to the same end.
 *
 * @param points - [n, D], a tensor (read once) or rows of numbers.
 * @throws RangeError when points are not [n, D] with n at least K, an option is out of range, or the start does not fit.
 *
 * Reference: Dempster, Laird, Rubin, "Maximum likelihood from incomplete data via the EM algorithm", 1977.
 *
 * @example
 * const { mixture, history } = await fitGaussianMixture(points, { components: 3, seed: 7 });
 * const density = mixture.logProb(points); // [n]
 */
export async function fitGaussianMixture(
  points: tf.Tensor2D | readonly (readonly number[])[],
  options: FitGaussianMixtureOptions,
): Promise<GaussianMixtureFit> {
  const { components: K, covariance = 'full', tolerance = 1e-3, maxSteps = 100, regularization = 1e-6 } = options;
  checkCount(OWNER, 'components', K);
  checkCount(OWNER, 'maxSteps', maxSteps);
  if (!COVARIANCE_TYPES.includes(covariance)) {
    throw new RangeError(`${OWNER}: covariance must be ${COVARIANCE_TYPES.join(', ')}, got ${covariance}`);
  }
  for (const [name, value] of Object.entries({ tolerance, regularization })) {
    if (!(value >= 0)) throw new RangeError(`${OWNER}: ${name} must not be negative, got ${value}`);
  }
  const rows = await rowsOf(points);
  checkRows(rows, K);
  let components = options.start ? checkedStart(options.start, K, rows) : start(rows, K, options, regularization);

  const history: number[] = [];
  let converged = false;
  for (let step = 0; step < maxSteps && !converged; step++) {
    options.signal?.throwIfAborted();
    const { shares, logLikelihood } = expectation(components, rows);
    components = componentsOf(rows, shares, covariance, regularization);
    const rise = logLikelihood - (history.at(-1) ?? Number.NEGATIVE_INFINITY);
    history.push(logLikelihood);
    converged = Math.abs(rise) < tolerance;
    options.onStep?.({ step, logLikelihood });
    if (step % 10 === 9) await new Promise((resolve) => setTimeout(resolve)); // a page stays alive
  }
  return { ...distributionOf(components), components, history, converged };
}

/** How far each point belongs to each component, [K][n], and the mean log-likelihood of a point. */
function expectation(components: readonly GaussianComponent[], rows: readonly Float64Array[]) {
  const shares = components.map((component) => weightedLogProb(component, rows));
  let sum = 0;
  rows.forEach((_, i) => {
    const logs = shares.map((own) => own[i] as number);
    const most = Math.max(...logs);
    const total = most + Math.log(logs.reduce((weight, log) => weight + Math.exp(log - most), 0));
    sum += total;
    for (const own of shares) own[i] = Math.exp((own[i] as number) - total);
  });
  return { shares, logLikelihood: sum / rows.length };
}

function start(
  rows: readonly Float64Array[],
  K: number,
  { covariance = 'full', seed }: FitGaussianMixtureOptions,
  regularization: number,
): GaussianComponent[] {
  const groups = kMeans(rows, K, seed);
  const shares = Array.from({ length: K }, (_, k) => Array.from(groups, (group) => (group === k ? 1 : 0)));
  return componentsOf(rows, shares, covariance, regularization);
}

function distributionOf(components: readonly GaussianComponent[]): { mixture: Mixture; dispose(): void } {
  const parts = components.map(({ mean, covariance }) => new MultivariateNormal({ mean, covariance }));
  const sum = components.reduce((total, { weight }) => total + weight, 0);
  const mixture = new Mixture({
    components: parts,
    weights: components.map(({ weight }) => Math.max(weight / sum, 1e-30)),
  });
  return {
    mixture,
    dispose() {
      mixture.dispose();
      for (const part of parts) part.dispose();
    },
  };
}

async function rowsOf(points: tf.Tensor2D | readonly (readonly number[])[]): Promise<Float64Array[]> {
  if (!(points instanceof tf.Tensor)) return points.map((row) => Float64Array.from(row));
  const [n, D] = points.shape;
  const data = await points.data();
  return Array.from({ length: n }, (_, i) => Float64Array.from(data.subarray(i * D, (i + 1) * D)));
}

/** @throws RangeError when the points are not rows of one length with finite numbers, or fewer than K. */
function checkRows(rows: readonly Float64Array[], K: number): void {
  const D = rows[0]?.length ?? 0;
  if (D === 0 || rows.some((row) => row.length !== D))
    throw new RangeError(`${OWNER}: points must be [n, D], got irregular rows`);
  if (rows.length < K) throw new RangeError(`${OWNER}: points must be at least components = ${K}, got ${rows.length}`);
  const bad = rows.flatMap((row) => [...row]).find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`${OWNER}: points must be finite, got ${bad}`);
}

/** @throws RangeError when there are not K components of the points' dimension, each with a positive weight. */
function checkedStart(
  given: readonly GaussianComponent[],
  K: number,
  rows: readonly Float64Array[],
): GaussianComponent[] {
  const D = rows[0]?.length;
  if (given.length !== K || given.some(({ mean, covariance }) => mean.length !== D || covariance.length !== D)) {
    throw new RangeError(
      `${OWNER}: start must be ${K} components of dimension ${D}, got ${given.length} of ${given.map(({ mean }) => mean.length)}`,
    );
  }
  const bad = given.find(({ weight }) => !(weight > 0 && Number.isFinite(weight)));
  if (bad) throw new RangeError(`${OWNER}: start must have positive weights, got ${bad.weight}`);
  return [...given];
}
