import type { Numbers } from '../arguments/numbers';
import type { Weighted } from '../arguments/weights';
import { meanLoss, type Output, toOutputs } from '../regression/outputs';
import {
  addMoments,
  noMoments,
  type RegressionMoments,
  type RegressionScores,
  regressionScores,
} from './regressionScores';

/** Squared and absolute errors, R² and explained variance of samples that come in parts: it keeps their moments alone. */
export class StreamingRegression {
  #moments = noMoments();

  /**
   * Adds samples.
   *
   * @param yTrue - [N].
   * @param yPred - [N].
   * @throws RangeError if lengths differ or a number is not finite; then nothing was added.
   */
  update(yTrue: Numbers, yPred: Numbers, { sampleWeight }: Weighted = {}): this {
    const [output] = toOutputs('StreamingRegression.update', yTrue, yPred, sampleWeight) as [Output];
    this.#moments = addMoments(this.#moments, momentsOf(output));
    return this;
  }

  /** Adds what another has seen. */
  merge(other: StreamingRegression): this {
    this.#moments = addMoments(this.#moments, other.#moments);
    return this;
  }

  /** The scores of all that was added since the last `reset`; NaN of nothing. */
  compute(): RegressionScores {
    return regressionScores(this.#moments);
  }

  /** Forgets what was added. */
  reset(): this {
    this.#moments = noMoments();
    return this;
  }
}

function momentsOf(output: Output): RegressionMoments {
  const { truth, weights } = output;
  const weight = weights ? Array.from(weights).reduce((sum, one) => sum + one, 0) : truth.length;
  const samples = truth.length;
  if (weight === 0) return { ...noMoments(), samples };
  const spread = (of: (truth: number, prediction: number) => number) => {
    const mean = meanLoss(output, of);
    return { mean, variance: meanLoss(output, (y, p) => (of(y, p) - mean) ** 2) };
  };
  return {
    samples,
    weight,
    absolute: meanLoss(output, (y, p) => Math.abs(y - p)),
    truth: spread((y) => y),
    error: spread((y, p) => y - p),
  };
}
