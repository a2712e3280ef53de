import { deriveSeed, randomNormal, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { logGammaDraws } from '../draws/logGammaDraws';
import { Factorized } from '../factorized';
import { broadcastTogether, withoutGradient, withSlopes } from '../gradients';
import { TINY } from '../limits';
import { checkPositive, type Parameter } from '../parameter';
import { log1p } from '../special/differences';
import { digammaMinusLog } from '../special/digamma';
import { betaTail, logWeight, shapeSlopes } from '../special/incompleteBeta';
import { logBeta } from '../special/logBeta';

export interface StudentTOptions {
  /** ν > 0, the degrees of freedom, broadcasts to E. */
  df: Parameter;
  /** μ, the location, broadcasts to E. */
  mean?: Parameter;
  /** σ > 0, broadcasts to E; not the standard deviation, which is larger. */
  scale?: Parameter;
  /** E; without it, what the parameters broadcast to. */
  shape?: number[];
}

/** Beside its square 1 is nothing, and its square is far from float32's end. */
const FAR = 1e18;

/** Float32 has no larger finite numbers. */
const LARGEST = 3.4e38;

/**
 * Student's t distribution, each element of an event on its own, with z = (x − μ) / σ:
 *
 *     log p(x) = −½ (ν + 1) log(1 + z² / ν) − log B(½, ν / 2) − ½ log ν − log σ
 *     H = ½ (ν + 1) (ψ(½ (ν + 1)) − ψ(½ ν)) + ½ log ν + log B(½, ν / 2) + log σ
 *
 * `mean` is μ, and NaN for ν ≤ 1; `variance` is σ² ν / (ν − 2), ∞ for ν ≤ 2, NaN for ν ≤ 1. A draw is
 * μ + σ ε / √(G / ν) with ε normal and G a draw of χ² with ν degrees of freedom; gradients flow to all parameters.
 * What is beyond float32, where ν is far below 1, is drawn as ±3.4e38.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a number is not finite, a parameter does not broadcast to `shape`, or
 *   `df` or `scale`, given as numbers, is not positive.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 2, 1995, ch. 28.
 *
 * @example
 * const robust = new StudentT({ df: 4, scale: 0.5 });
 * const logProb = robust.logProb(robust.sample(64, { seed: 7 })); // [64]
 */
export class StudentT extends Factorized<'df' | 'mean' | 'scale'> {
  constructor({ df, mean = 0, scale = 1, shape }: StudentTOptions) {
    checkPositive('StudentT', 'df', df);
    checkPositive('StudentT', 'scale', scale);
    super('StudentT', { df, mean, scale }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]; beyond |z| = 1e18 that of there. */
  cdf(x: tf.Tensor): tf.Tensor {
    return this.elementwise('cdf', x, (points) =>
      standardCdf(...broadcastTogether(this.standard(points), this.parameters.df)),
    );
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    const { df, mean, scale } = this.parameters;
    const noise = randomNormal(shape, { seed: deriveSeed(seed, 0) });
    const half = tf.mul(0.5, df);
    // √(G / ν) with G = 2 × a gamma draw of concentration ν / 2.
    const logWidth = tf.mul(0.5, tf.sub(logGammaDraws(half, shape, deriveSeed(seed, 1)), tf.log(half)));
    const draws = tf.add(mean, tf.mul(scale, tf.mul(noise, tf.exp(tf.neg(logWidth)))));
    return tf.clipByValue(draws, -LARGEST, LARGEST);
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    return tf.sub(standardLogProb(this.standard(x), this.parameters.df), tf.log(this.parameters.scale));
  }

  protected override elementEntropy(): tf.Tensor {
    const { df, scale } = this.parameters;
    const [half, more] = [tf.mul(0.5, df), tf.mul(0.5, tf.add(df, 1))];
    const rise = tf.add(tf.sub(digammaMinusLog(more), digammaMinusLog(half)), log1p(tf.div(1, df)));
    const main = tf.add(tf.mul(more, rise), tf.mul(0.5, tf.log(df)));
    return tf.add(main, tf.add(logBeta(tf.fill(half.shape, 0.5), half), tf.log(scale)));
  }

  protected override elementMean(): tf.Tensor {
    const { df, mean } = this.parameters;
    return tf.where(
      withoutGradient(() => tf.greater(df, 1)),
      mean,
      Number.NaN,
    );
  }

  protected override elementVariance(): tf.Tensor {
    const { df, scale } = this.parameters;
    const finite = tf.div(tf.mul(tf.square(scale), df), tf.maximum(tf.sub(df, 2), TINY));
    const noMean = tf.where(
      withoutGradient(() => tf.greater(df, 1)),
      Infinity,
      Number.NaN,
    );
    return tf.where(
      withoutGradient(() => tf.greater(df, 2)),
      finite,
      noMean,
    );
  }

  private standard(x: tf.Tensor): tf.Tensor {
    return tf.div(tf.sub(x, this.parameters.mean), this.parameters.scale);
  }
}

/** log of the density at location 0 and scale 1; both of shapes that broadcast. */
export function standardLogProb(z: tf.Tensor, df: tf.Tensor): tf.Tensor {
  const fall = tf.mul(tf.mul(0.5, tf.add(df, 1)), logOnePlusSquare(tf.div(z, tf.sqrt(df))));
  const half = tf.mul(0.5, df);
  return tf.neg(tf.add(tf.add(fall, tf.mul(0.5, tf.log(df))), logBeta(tf.fill(half.shape, 0.5), half)));
}

/** log(1 + r²), where r² is too large for float32 too. */
function logOnePlusSquare(r: tf.Tensor): tf.Tensor {
  const isFar = withoutGradient((at) => tf.greater(tf.abs(at), FAR), r);
  const far = tf.mul(2, tf.log(tf.maximum(tf.abs(r), FAR)));
  return tf.where(isFar, far, log1p(tf.square(tf.clipByValue(r, -FAR, FAR))));
}

/** Both of one shape: ½ I(ν / (ν + z²)) of ν / 2 and ½ is the tail beyond |z|. */
function standardCdf(z: tf.Tensor, df: tf.Tensor): tf.Tensor {
  return withSlopes(
    (at, freedom) => {
      const tail = tf.mul(0.5, betaTail(...tailArguments(at, freedom)));
      return tf.where(tf.less(at, 0), tail, tf.sub(1, tail));
    },
    [
      (at, freedom) => tf.exp(standardLogProb(at, freedom)),
      (at, freedom) => {
        // Through ν / 2, and through x = ν / (ν + z²), where dx / dν = x (1 − x) / ν.
        const [a, b, x, y] = tailArguments(at, freedom);
        const byShape = tf.mul(0.5, shapeSlopes(a, b, x, y)[0]);
        const byPoint = tf.div(tf.exp(logWeight(a, b, x, tf.maximum(y, TINY))), freedom);
        return tf.mul(tf.mul(-0.5, tf.sign(at)), tf.add(byShape, byPoint));
      },
    ],
    z,
    df,
  );
}

function tailArguments(z: tf.Tensor, df: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] {
  const square = tf.square(tf.clipByValue(z, -FAR, FAR));
  const sum = tf.add(df, square);
  const half = tf.mul(0.5, df);
  return [half, tf.fill(half.shape, 0.5), tf.div(df, sum), tf.div(square, sum)];
}
