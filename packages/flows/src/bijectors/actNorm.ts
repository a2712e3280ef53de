import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { checkPoints, totalPerPoint } from '../shapes';

/** A number that is the same in all data is not stretched beyond this. */
const LEAST_DEVIATION = 1e-3;

/**
 * ActNorm: a learned scale and shift for every number of an event, `x = z · exp(s) + b`, `log |det J| = Σ s`. Started
 * from data it takes away what single numbers are on their own, so that the maps around it need not learn that first.
 *
 * Reference: Kingma, Dhariwal, "Glow: Generative flow with invertible 1×1 convolutions", 2018, §3.1; there with one scale
 * and shift for a channel.
 *
 * @param options.shape - of an event.
 *
 * @example
 * const norm = new ActNorm({ shape: [2] });
 * norm.startFrom(points); // now norm.inverse(points) has mean 0 and deviation 1 in each number
 */
export class ActNorm implements Bijector {
  readonly variables: Variables;
  private readonly logScale: tf.Variable;
  private readonly shift: tf.Variable;
  private readonly event: readonly number[];

  constructor({ shape }: { shape: readonly number[] }) {
    this.event = shape;
    [this.logScale, this.shift] = tf.tidy(() => [tf.variable(tf.zeros([...shape])), tf.variable(tf.zeros([...shape]))]);
    this.variables = { logScale: this.logScale, shift: this.shift };
  }

  /**
   * Sets scale and shift to deviation and mean of data. To be called once, before training: nothing calls it again, least
   * of all after weights were loaded.
   *
   * @param x - data, shape [n, ...event].
   * @throws RangeError when x has another shape.
   */
  startFrom(x: tf.Tensor): void {
    checkPoints('ActNorm.startFrom', x, this.event);
    tf.tidy(() => {
      const { mean, variance } = tf.moments(x, 0);
      this.shift.assign(mean);
      this.logScale.assign(tf.log(tf.maximum(tf.sqrt(variance), LEAST_DEVIATION)));
    });
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('ActNorm.forward', z, this.event);
    return {
      value: tf.add(tf.mul(z, tf.exp(this.logScale)), this.shift),
      logDet: totalPerPoint(z, this.logScale),
    };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('ActNorm.inverse', x, this.event);
    const minusS = tf.neg(this.logScale);
    return { value: tf.mul(tf.sub(x, this.shift), tf.exp(minusS)), logDet: totalPerPoint(x, minusS) };
  }
}
