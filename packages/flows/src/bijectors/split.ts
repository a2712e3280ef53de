import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, MapOptions, Mapped, Variables } from '../bijector';
import type { Mask } from '../masks/mask';
import { checkPoints } from '../shapes';

export interface SplitOptions {
  /** Which numbers are done: they pass unchanged. */
  mask: Mask;
  /** The shape of the others, as the bijector takes them. */
  shape: readonly number[];
  /** Carries on with the others. */
  bijector: Bijector;
}

/**
 * A multi-scale split: on the way from data to latent some numbers are done, and only the others go on through a bijector,
 * so that a deep flow of an image works on fewer and coarser numbers the deeper it goes.
 *
 *     x_done = z_done,   x_rest = bijector(z_rest),   log |det J| = log |det J_bijector|
 *
 * Latent points have the shape of the data. A coupling before it, of the done numbers by the rest, gives the done ones a
 * law that the rest decides.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, §3.6.
 *
 * @throws RangeError when the shape holds another count of numbers than the mask changes.
 *
 * @example
 * const mask = channelMask({ shape: [4, 4, 4], swap: true }); // the second half of the channels is done
 * const split = new Split({ mask, shape: [4, 4, 2], bijector: new Scaling({ shape: [4, 4, 2] }) });
 */
export class Split implements Bijector {
  readonly variables: Variables;
  private readonly mask: Mask;
  private readonly shape: readonly number[];
  private readonly bijector: Bijector;

  constructor({ mask, shape, bijector }: SplitOptions) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== mask.changed) {
      throw new RangeError(`Split: shape must hold ${mask.changed} numbers, got [${shape.join(', ')}]`);
    }
    this.mask = mask;
    this.shape = shape;
    this.bijector = bijector;
    this.variables = bijector.variables;
  }

  /** What carries on with the numbers that are not done. */
  get rest(): Bijector {
    return this.bijector;
  }

  forward(z: tf.Tensor, options?: MapOptions): Mapped {
    return this.part('forward', z, (rest) => this.bijector.forward(rest, options));
  }

  inverse(x: tf.Tensor, options?: MapOptions): Mapped {
    return this.part('inverse', x, (rest) => this.bijector.inverse(rest, options));
  }

  startFrom(x: tf.Tensor, options?: MapOptions): void {
    this.part('startFrom', x, (rest) => {
      this.bijector.startFrom?.(rest, options);
      return this.bijector.inverse(rest, options);
    });
  }

  private part(direction: string, points: tf.Tensor, go: (rest: tf.Tensor) => Mapped): Mapped {
    checkPoints(`Split.${direction}`, points, this.mask.event);
    const [done, others] = this.mask.split(points);
    const { value, logDet } = go(tf.reshape(others, [-1, ...this.shape]));
    return { value: this.mask.merge(done, tf.reshape(value, others.shape) as tf.Tensor2D), logDet };
  }
}
