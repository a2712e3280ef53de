import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { checkPoints, totalPerPoint } from '../shapes';

/**
 * Scaling of every number of an event by a learned factor of its own: `x = z · exp(s)`, `log |det J| = Σ s`.
 *
 * Reference: Dinh, Krueger, Bengio, "NICE: Non-linear independent components estimation", 2015, §3.3.
 *
 * @param options.shape - of an event.
 *
 * @example
 * const scaling = new Scaling({ shape: [2] });
 */
export class Scaling implements Bijector {
  readonly variables: Variables;
  private readonly logScale: tf.Variable;
  private readonly event: readonly number[];

  constructor({ shape }: { shape: readonly number[] }) {
    this.event = shape;
    this.logScale = tf.tidy(() => tf.variable(tf.zeros([...shape])));
    this.variables = { logScale: this.logScale };
  }

  forward(z: tf.Tensor): Mapped {
    return this.scale('forward', z, this.logScale);
  }

  inverse(x: tf.Tensor): Mapped {
    return this.scale('inverse', x, tf.neg(this.logScale));
  }

  private scale(direction: string, points: tf.Tensor, logScale: tf.Tensor): Mapped {
    checkPoints(`Scaling.${direction}`, points, this.event);
    // The sum first: it takes the variable to the GPU, where tfjs would else work out its few exponentials on the CPU in
    // the first call and on the GPU, a rounding off, in all later ones.
    const logDet = totalPerPoint(points, logScale);
    return { value: tf.mul(points, tf.exp(logScale)), logDet };
  }
}
