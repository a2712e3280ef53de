import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { constantPerPoint, sizeOf, sumEvent } from '../shapes';

/** Probabilities are kept this far from 0 and 1, where the logit is infinite. */
const EDGE = 1e-6;

/**
 * Logit: the unit interval opened to the whole line, number by number, after pulling it in by α so that 0 and 1 stay
 * finite. `invert(new Logit())` closes the line to the interval, as the data side of an image flow needs.
 *
 *     p = α + (1 − 2α) z,   x = log p − log(1 − p),   log |dx/dz| = log(1 − 2α) − log p − log(1 − p)
 *
 * p is clamped to [10⁻⁶, 1 − 10⁻⁶]; outside that the map is constant and no longer invertible.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, §4.1.
 *
 * @param options.alpha - in [0, 0.5).
 * @throws RangeError when α is not in [0, 0.5).
 *
 * @example
 * const open = new Logit({ alpha: 0.05 }).forward(pixels).value;
 */
export class Logit implements Bijector {
  readonly variables: Variables = {};
  private readonly alpha: number;

  constructor({ alpha = 0.05 }: { alpha?: number } = {}) {
    if (!(alpha >= 0 && alpha < 0.5)) throw new RangeError(`Logit: alpha must be in [0, 0.5), got ${alpha}`);
    this.alpha = alpha;
  }

  forward(z: tf.Tensor): Mapped {
    const pulled = tf.add(this.alpha, tf.mul(1 - 2 * this.alpha, z));
    const p = tf.clipByValue(pulled, EDGE, 1 - EDGE);
    const value = tf.sub(tf.log(p), tf.log1p(tf.neg(p)));
    return { value, logDet: tf.neg(logDerivative(value, this.alpha)) as tf.Tensor1D };
  }

  inverse(x: tf.Tensor): Mapped {
    const value = tf.div(tf.sub(tf.sigmoid(x), this.alpha), 1 - 2 * this.alpha);
    return { value, logDet: logDerivative(x, this.alpha) };
  }
}

/** Σ log |dz/dx| at x = logit p: `log p + log(1 − p) − log(1 − 2α) = −softplus(−x) − softplus(x) − log(1 − 2α)`. */
function logDerivative(x: tf.Tensor, alpha: number): tf.Tensor1D {
  const D = sizeOf(x.shape.slice(1));
  const perNumber = tf.add(tf.softplus(x), tf.softplus(tf.neg(x)));
  return tf.sub(constantPerPoint(x, -D * Math.log(1 - 2 * alpha)), sumEvent(perNumber));
}
