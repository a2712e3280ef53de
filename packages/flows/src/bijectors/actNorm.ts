import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { checkPoints, sizeOf, totalPerPoint } from '../shapes';

/** A number that is the same in all data is not stretched beyond this. */
const LEAST_DEVIATION = 1e-3;

/**
 * ActNorm: a learned scale and shift, `x = z · exp(s) + b`, `log |det J| = Σ s`, for every number of an event, or for every
 * channel of an image. Started from data it takes away what single numbers are on their own, so that the maps around it
 * need not learn that first.
 *
 * Reference: Kingma, Dhariwal, "Glow: Generative flow with invertible 1×1 convolutions", 2018, §3.1.
 *
 * @param options.shape - of an event.
 * @param options.perChannel - one scale and shift for all places of a channel, the last axis. Default: false.
 *
 * @example
 * const norm = new ActNorm({ shape: [2] });
 * norm.startFrom(points); // now norm.inverse(points) has mean 0 and deviation 1 in each number
 */
export class ActNorm implements Bijector {
  readonly variables: Variables;
  private readonly logScale: tf.Variable;
  private readonly shift: tf.Variable;
  private readonly started: tf.Variable;
  private readonly event: readonly number[];
  /** How many numbers of an event share a scale. */
  private readonly places: number;

  constructor({ shape, perChannel = false }: { shape: readonly number[]; perChannel?: boolean }) {
    this.event = shape;
    const own = perChannel ? shape.slice(-1) : [...shape];
    this.places = sizeOf(shape) / sizeOf(own);
    [this.logScale, this.shift, this.started] = tf.tidy(() => [
      tf.variable(tf.zeros(own)),
      tf.variable(tf.zeros(own)),
      tf.variable(tf.zeros([1]), false), // 1 after startFrom, also in a file
    ]);
    this.variables = { logScale: this.logScale, shift: this.shift, started: this.started };
  }

  /**
   * Sets scale and shift to deviation and mean of data, once: a norm that was started, or loaded from a file of one that
   * was, stays as it is.
   *
   * @param x - data, shape [n, ...event].
   * @throws RangeError when x has another shape.
   */
  startFrom(x: tf.Tensor): void {
    checkPoints('ActNorm.startFrom', x, this.event);
    tf.tidy(() => {
      const rows = tf.reshape(x, [-1, ...this.shift.shape]); // [n · places, ...own]
      const { mean, variance } = tf.moments(rows, 0);
      const logScale = tf.log(tf.maximum(tf.sqrt(variance), LEAST_DEVIATION));
      const isStarted = tf.greater(this.started, 0); // [1]
      this.shift.assign(tf.where(isStarted, this.shift, mean));
      this.logScale.assign(tf.where(isStarted, this.logScale, logScale));
      this.started.assign(tf.onesLike(this.started));
    });
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('ActNorm.forward', z, this.event);
    return {
      value: tf.add(tf.mul(z, tf.exp(this.logScale)), this.shift),
      logDet: this.volume(z, this.logScale),
    };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('ActNorm.inverse', x, this.event);
    const minusS = tf.neg(this.logScale);
    return { value: tf.mul(tf.sub(x, this.shift), tf.exp(minusS)), logDet: this.volume(x, minusS) };
  }

  private volume(points: tf.Tensor, logScale: tf.Tensor): tf.Tensor1D {
    const once = totalPerPoint(points, logScale);
    return this.places === 1 ? once : tf.mul(this.places, once);
  }
}
