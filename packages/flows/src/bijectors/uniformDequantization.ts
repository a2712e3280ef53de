import { randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import { checkPositiveInteger, constantPerPoint, sizeOf } from '../shapes';

/**
 * Uniform dequantization: whole levels become numbers in [0, 1) by noise that fills each level's cell, so that a
 * density can be fitted to them.
 *
 *     inverse: z = (x + u) / K with u ~ U[0, 1),   log |det J| = −D log K
 *     forward: x = ⌊K z⌋, clamped to 0 … K − 1,    log |det J| = +D log K
 *
 * With it, `E_u log p(x)` is a lower bound on the log-probability of the levels themselves.
 * `forward(inverse(x))` gives x back exactly; `inverse(forward(z))` gives another point of z's cell.
 *
 * Reference: Theis, van den Oord, Bethge, "A note on the evaluation of generative models", 2016, §3.1.
 *
 * @param options.levels - K: how many levels there are; 256 for 8-bit images.
 * @throws RangeError when K is no positive integer; TypeError when `inverse` is called without a seed.
 *
 * @example
 * const { value } = new UniformDequantization().inverse(images, { seed: 7 });
 */
export class UniformDequantization implements Bijector {
  readonly variables: Variables = {};
  private readonly levels: number;

  constructor({ levels = 256 }: { levels?: number } = {}) {
    checkPositiveInteger('UniformDequantization', 'levels', levels);
    this.levels = levels;
  }

  forward(z: tf.Tensor): Mapped {
    const value = tf.clipByValue(tf.floor(tf.mul(z, this.levels)), 0, this.levels - 1);
    return { value, logDet: this.logVolume(z, 1) };
  }

  inverse(x: tf.Tensor, { seed }: MapOptions = {}): Mapped {
    if (seed === undefined) {
      throw new TypeError('UniformDequantization.inverse: options must be { seed }, got none; its noise is seeded');
    }
    const noise = randomUniform(x.shape, { seed });
    const value = tf.div(tf.add(tf.cast(x, 'float32'), noise), this.levels);
    return { value, logDet: this.logVolume(x, -1) };
  }

  private logVolume(points: tf.Tensor, sign: 1 | -1): tf.Tensor1D {
    return constantPerPoint(points, sign * sizeOf(points.shape.slice(1)) * Math.log(this.levels));
  }
}
