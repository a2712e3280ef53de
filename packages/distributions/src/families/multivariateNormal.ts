import { randomNormal, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { checkCount, checkPoints } from '../arguments';
import { checkFactor, cholesky, type Matrix } from '../cholesky';
import type { Distribution } from '../distribution';
import { checkPositive, eventShapeOf, type Parameter, toTensor } from '../parameter';
import { diagonalScale, type Scale, triangularScale } from '../scale';

/** The mean and exactly one description of the covariance Σ. */
export type MultivariateNormalOptions = {
  /** μ, broadcasts to [D]. */
  mean?: Parameter;
} & (
  | {
      /** The variances of a Σ that is 0 elsewhere, positive, broadcasts to [D]. */
      diagonal: Parameter;
      covariance?: undefined;
      scaleTril?: undefined;
    }
  | {
      /** Σ, the rows of a symmetric positive definite [D, D] matrix. */
      covariance: Matrix;
      diagonal?: undefined;
      scaleTril?: undefined;
    }
  | {
      /** L with Σ = L Lᵀ, the rows of a lower-triangular [D, D] matrix with a positive diagonal. */
      scaleTril: Matrix;
      diagonal?: undefined;
      covariance?: undefined;
    }
);

const LOG_TWO_PI = Math.log(2 * Math.PI);
const OWNER = 'MultivariateNormal';

/**
 * The normal distribution of a vector x ∈ ℝᴰ with covariance Σ = L Lᵀ:
 *
 *     log p(x) = −½ |L⁻¹ (x − μ)|² − log det L − ½ D log 2π,   H = log det L + ½ D log 2πe
 *
 * `mean` is μ, `variance` is the diagonal of Σ; a draw is μ + L ε with ε standard normal. A full Σ is factored, and L
 * inverted, on the host in float64 when the distribution is made, so a full `covariance` or `scaleTril` is numbers and
 * receives no gradient; `mean` and `diagonal` may be tensors or variables.
 *
 * @throws TypeError when not exactly one of `diagonal`, `covariance`, `scaleTril` is given, or one is of a wrong type.
 * @throws RangeError when the event is not one axis, a matrix is not square, or Σ, as numbers, is not symmetric or not
 *   positive definite (the error names the first leading minor that is not positive).
 *
 * Reference: Bishop, "Pattern Recognition and Machine Learning", 2006, §2.3.
 *
 * @example
 * const tilted = new MultivariateNormal({ mean: [0, 1], covariance: [[2, 0.8], [0.8, 1]] });
 * const logProb = tilted.logProb(tilted.sample(64, { seed: 7 })); // [64]
 */
export class MultivariateNormal implements Distribution {
  readonly eventShape: [number];
  /** μ, broadcasts to [D]. */
  readonly location: tf.Tensor;
  /** L, as what it does to points. */
  readonly scale: Scale;
  private readonly made: tf.Tensor[] = [];

  constructor({ mean = 0, diagonal, covariance, scaleTril }: MultivariateNormalOptions) {
    checkOneOf({ diagonal, covariance, scaleTril });
    if (diagonal !== undefined) checkPositive(OWNER, 'diagonal', diagonal);
    const lower = factorOf(covariance, scaleTril);
    const parameters: Record<string, Parameter> = diagonal === undefined ? { mean } : { mean, diagonal };
    this.eventShape = vectorShape(eventShapeOf(OWNER, parameters, lower && [lower.length]));

    this.location = toTensor(mean, this.made);
    this.scale = lower
      ? triangularScale(lower, this.made)
      : diagonalScale(toTensor(diagonal as Parameter, this.made), this.eventShape[0]);
  }

  get mean(): tf.Tensor {
    return tf.tidy(() => this.spread(this.location));
  }

  get variance(): tf.Tensor {
    return tf.tidy(() => this.spread(this.scale.variance()));
  }

  sample(n: number, { seed }: { seed: Seed }): tf.Tensor2D {
    checkCount(`${OWNER}.sample`, 'n', n);
    return tf.tidy(() => {
      const noise = randomNormal([n, ...this.eventShape], { seed }); // [n, D]
      return tf.add(this.location, this.scale.color(noise));
    });
  }

  logProb(x: tf.Tensor): tf.Tensor1D {
    checkPoints(`${OWNER}.logProb`, x, this.eventShape);
    return tf.tidy(() => {
      const white = this.scale.whiten(tf.sub(x, this.location)); // [batch, D]
      const normalizer = tf.add(this.scale.logDeterminant(), 0.5 * this.eventShape[0] * LOG_TWO_PI);
      return tf.sub(tf.mul(-0.5, tf.sum(tf.square(white), 1)), normalizer);
    });
  }

  entropy(): tf.Scalar {
    return tf.tidy(() => tf.add(this.scale.logDeterminant(), 0.5 * this.eventShape[0] * (LOG_TWO_PI + 1)));
  }

  dispose(): void {
    tf.dispose(this.made);
  }

  private spread(elements: tf.Tensor): tf.Tensor {
    return tf.add(elements, tf.zeros(this.eventShape));
  }
}

/** @throws TypeError when not exactly one description of the covariance is given. */
function checkOneOf(descriptions: Record<string, unknown>): void {
  const given = Object.keys(descriptions).filter((name) => descriptions[name] !== undefined);
  if (given.length === 1) return;
  const names = Object.keys(descriptions).join(', ');
  throw new TypeError(`${OWNER}: options must be with exactly one of ${names}, got ${given.join(' and ') || 'none'}`);
}

/** The factor L of a full covariance, checked; undefined for a diagonal one. */
function factorOf(covariance?: Matrix, scaleTril?: Matrix): Matrix | undefined {
  if (covariance !== undefined) return cholesky(`${OWNER}: covariance`, covariance);
  if (scaleTril !== undefined) checkFactor(`${OWNER}: scaleTril`, scaleTril);
  return scaleTril;
}

/** @throws RangeError when events are not vectors. */
function vectorShape(shape: number[]): [number] {
  const [dim, ...others] = shape;
  if (dim !== undefined && others.length === 0) return [dim];
  throw new RangeError(`${OWNER}: mean and diagonal must broadcast to [dim], got [${shape}]; an event is one vector`);
}
