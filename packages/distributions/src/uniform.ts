import { randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { Factorized } from './factorized';
import { eventShapeOf, flattenTo, isNumbers, type Parameter } from './parameter';
import { withoutGradient } from './withoutGradient';

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

  override logProb(x: tf.Tensor): tf.Tensor1D {
    return tf.tidy(() => {
      const inside = super.logProb(x);
      return tf.where(this.contains(x), inside, -Infinity) as tf.Tensor1D;
    });
  }

  protected override draw(shape: number[], seed: number): tf.Tensor {
    return tf.add(this.parameters.low, tf.mul(this.width(), randomUniform(shape, { seed })));
  }

  protected override elementLogProb(x: tf.Tensor): tf.Tensor {
    return tf.sub(tf.zerosLike(x), tf.log(this.width()));
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

  private width(): tf.Tensor {
    return tf.sub(this.parameters.high, this.parameters.low);
  }

  /** Which points have all their elements in the box: [batch], bool. */
  private contains(x: tf.Tensor): tf.Tensor {
    const { low, high } = this.parameters;
    return withoutGradient(
      (points, a, b) => tf.all(this.perPoint(tf.logicalAnd(tf.greaterEqual(points, a), tf.lessEqual(points, b))), 1),
      x,
      low,
      high,
    );
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
