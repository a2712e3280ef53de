import { explained } from '../regression/explained';

/** Moments of truth and of error, by which parts are put together without loss (Chan et al. 1983). */
export interface RegressionMoments {
  /** How many, whatever they weigh. */
  samples: number;
  weight: number;
  /** The mean absolute error. */
  absolute: number;
  /** The mean of the truth, and the mean square of what it differs from that. */
  truth: { mean: number; variance: number };
  /** The same of truth less prediction. */
  error: { mean: number; variance: number };
}

export interface RegressionScores {
  meanSquaredError: number;
  rootMeanSquaredError: number;
  meanAbsoluteError: number;
  r2Score: number;
  explainedVarianceScore: number;
}

/** Of nothing. */
export function noMoments(): RegressionMoments {
  return { samples: 0, weight: 0, absolute: 0, truth: { mean: 0, variance: 0 }, error: { mean: 0, variance: 0 } };
}

/** The moments of both parts together. */
export function addMoments(a: RegressionMoments, b: RegressionMoments): RegressionMoments {
  const weight = a.weight + b.weight;
  if (weight === 0) return { ...a, samples: a.samples + b.samples };
  const share = b.weight / weight;
  const mix = (of: 'truth' | 'error') => {
    const gap = b[of].mean - a[of].mean;
    const variance = a[of].variance + share * (b[of].variance - a[of].variance) + share * (1 - share) * gap ** 2;
    return { mean: a[of].mean + share * gap, variance };
  };
  const absolute = a.absolute + share * (b.absolute - a.absolute);
  const samples = a.samples + b.samples;
  return { samples, weight, absolute, truth: mix('truth'), error: mix('error') };
}

export function regressionScores({ samples, weight, absolute, truth, error }: RegressionMoments): RegressionScores {
  const meanSquaredError = weight === 0 ? Number.NaN : error.variance + error.mean ** 2;
  return {
    meanSquaredError,
    rootMeanSquaredError: Math.sqrt(meanSquaredError),
    meanAbsoluteError: weight === 0 ? Number.NaN : absolute,
    r2Score: samples < 2 ? Number.NaN : explained(meanSquaredError, truth.variance),
    explainedVarianceScore: weight === 0 ? Number.NaN : explained(error.variance, truth.variance),
  };
}
