import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { checkPoints, totalPerPoint } from '../shapes';

export interface AffineOptions {
  /** Of an event. */
  shape: readonly number[];
  /** One number, or one for each number of an event, flat: not 0. Default: 1. */
  scale?: number | readonly number[];
  /** One number, or one for each number of an event, flat. Default: 0. */
  shift?: number | readonly number[];
}

/**
 * A given scale and shift for every number of an event, in the units of the data: `x = z · scale + shift`,
 * `log |det J| = Σ log |scale|`. They are saved with a flow and not trained; `ActNorm` is the one that learns.
 *
 * @throws RangeError when there are not as many numbers as in an event, one is not finite, or a scale is 0.
 *
 * @example
 * const celsius = new Affine({ shape: [2], scale: [8, 0.3], shift: [15, 1] });
 */
export class Affine implements Bijector {
  readonly variables: Variables;
  private readonly event: readonly number[];
  private readonly scale: tf.Variable;
  private readonly shift: tf.Variable;

  constructor({ shape, scale = 1, shift = 0 }: AffineOptions) {
    this.event = shape;
    const size = shape.reduce((product, length) => product * length, 1);
    const spread = (name: string, given: number | readonly number[]) => {
      const numbers = typeof given === 'number' ? new Array<number>(size).fill(given) : [...given];
      const isBad = (value: number) => !Number.isFinite(value) || (name === 'scale' && value === 0);
      if (numbers.length !== size || numbers.some(isBad)) {
        const what = name === 'scale' ? 'finite numbers other than 0' : 'finite numbers';
        throw new RangeError(`Affine: ${name} must be 1 or ${size} ${what}, got [${numbers.join(', ')}]`);
      }
      return tf.tidy(() => tf.variable(tf.tensor(numbers, [...shape]), false));
    };
    this.scale = spread('scale', scale);
    this.shift = spread('shift', shift);
    this.variables = { scale: this.scale, shift: this.shift };
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Affine.forward', z, this.event);
    return { value: tf.add(tf.mul(z, this.scale), this.shift), logDet: totalPerPoint(z, this.logScale()) };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Affine.inverse', x, this.event);
    return { value: tf.div(tf.sub(x, this.shift), this.scale), logDet: totalPerPoint(x, tf.neg(this.logScale())) };
  }

  private logScale(): tf.Tensor {
    return tf.log(tf.abs(this.scale));
  }
}
