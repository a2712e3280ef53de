import { randomUniform, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { Factorized } from '../factorized';
import { eventShapeOf, flattenTo, isNumbers, type Parameter } from '../parameter';

export interface UniformOptions {
  /** a, broadcasts to E. */
  low?: Parameter;
  /** b > a, broadcasts to E. */
  high?: Parameter;
  /** E; without it, what `low` and `high` broadcast to. */
  shape?: number[];
}

/**
 * The uniform distribution on the box [a, b], each element of an event on its own:
 *
 *     log p(x) = −log(b − a) when a ≤ x ≤ b, else −∞,   H = log(b − a)
 *
 * The box is closed: in float32 a draw a + (b − a) u with u in [0, 1) may round to b, and a draw must not be
 * impossible. A point is outside when one of its elements is; there the gradients are 0, never NaN. `mean` is
 * (a + b) / 2, `variance` is (b − a)² / 12.
 *
 * @throws TypeError when a parameter is neither numbers nor a float32 tensor.
 * @throws RangeError when a number is not finite, a parameter does not broadcast to `shape`, or
 *   `high`, both given as numbers, is not above `low`.
 *
 * Reference: Johnson, Kotz, Balakrishnan, "Continuous Univariate Distributions", vol. 2, 1995, ch. 26.
 *
 * @example
 * const square = new Uniform({ low: -1, high: 1, shape: [2] });
 * const logProb = square.logProb(tf.tensor2d([[0, 0], [0, 2]])); // [−2 log 2, −∞]
 */
export class Uniform extends Factorized<'low' | 'high'> {
  constructor({ low = 0, high = 1, shape }: UniformOptions = {}) {
    checkOrder(low, high, shape);
    super('Uniform', { low, high }, shape);
  }

  /** P(X ≤ x) of each element, shape [batch, ...E]. */
  cdf(x: tf.Tensor): tf.Tensor {
    return this.elementwise('cdf', x, (points) => {
      const share = tf.div(tf.sub(points, this.parameters.low), this.width());
      return tf.clipByValue(share, 0, 1);
    });
  }

  /** The x of each element with P(X ≤ x) = p, shape [batch, ...E]. */
  icdf(p: tf.Tensor): tf.Tensor {
    return this.elementwise('icdf', p, (shares) => tf.add(this.parameters.low, tf.mul(this.width(), shares)));
  }

  protected override draw(shape: number[], seed: Seed): tf.Tensor {
    return tf.add(this.parameters.low, tf.mul(this.width(), randomUniform(shape, { seed })));
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    return tf.sub(tf.mul(0, x), tf.log(this.width())); // what is no number has no density
  }

  protected override elementEntropy(): tf.Tensor {
    return tf.log(this.width());
  }

  protected override elementMean(): tf.Tensor {
    return tf.mul(0.5, tf.add(this.parameters.low, this.parameters.high));
  }

  protected override elementVariance(): tf.Tensor {
    return tf.div(tf.square(this.width()), 12);
  }

  protected override outside(x: tf.Tensor): tf.Tensor {
    const { low, high } = this.parameters;
    return tf.logicalOr(tf.less(x, low), tf.greater(x, high));
  }

  private width(): tf.Tensor {
    return tf.sub(this.parameters.high, this.parameters.low);
  }
}

/** Where both ends are known on the host, each low must be below its high, in float32. */
function checkOrder(low: Parameter, high: Parameter, shape?: number[]): void {
  const event = eventShapeOf('Uniform', { low, high }, shape);
  if (!isNumbers(low) || !isNumbers(high)) return;
  const highs = flattenTo(event, high);
  flattenTo(event, low).forEach((a, i) => {
    const b = highs[i] as number;
    if (!(Math.fround(a) < Math.fround(b))) throw new RangeError(`Uniform: high must be above low = ${a}, got ${b}`);
  });
}
