import { triangularSolve } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { pluOf } from '../linear/plu';
import { type LinearStart, startMatrix } from '../linear/start';
import { triangle } from '../ops/triangle';
import { checkPoints, checkPositiveInteger, sizeOf, totalPerPoint } from '../shapes';

export interface LuLinearOptions {
  /** Of an event; its last axis is mixed: the numbers of a vector, the channels of each pixel of an image. */
  shape: readonly number[];
  /** The matrix it starts as: a random rotation, a random permutation, or the identity. Default: rotation. */
  start?: LinearStart;
  seed: number;
}

/**
 * A learned linear map of the last axis of an event, by a matrix in its PLU form: for an image it is the invertible 1 × 1
 * convolution.
 *
 *     x = W z,   W = P L diag(s) U,   log |det J| = places · Σ log |s|
 *
 * L and U are triangular with ones on the diagonal; P, a permutation, and the signs of s stay as they start. The inverse
 * is two triangular solves. `places` is the number of pixels, 1 for a vector.
 *
 * Reference: Kingma, Dhariwal, "Glow: Generative flow with invertible 1×1 convolutions", 2018, §3.2.
 *
 * @throws RangeError when the last axis is empty.
 *
 * @example
 * const mix = new LuLinear({ shape: [14, 14, 4], seed: 1 });
 */
export class LuLinear implements Bijector {
  readonly variables: Variables;
  private readonly event: readonly number[];
  private readonly n: number;

  constructor({ shape, start = 'rotation', seed }: LuLinearOptions) {
    const n = shape.at(-1) ?? 0;
    checkPositiveInteger('LuLinear', 'the size of the last axis', n);
    this.event = shape;
    this.n = n;
    const { order, lower, upper, scale } = pluOf(startMatrix(start, n, seed));
    this.variables = tf.tidy(() => ({
      order: tf.variable(tf.tensor1d(order), false),
      signs: tf.variable(tf.tensor1d(scale.map(Math.sign)), false),
      lower: tf.variable(tf.tensor2d(lower, [n, n])),
      upper: tf.variable(tf.tensor2d(upper, [n, n])),
      logScale: tf.variable(tf.tensor1d(scale.map((value) => Math.log(Math.abs(value))))),
    }));
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('LuLinear.forward', z, this.event);
    return this.mix(z, this.matrix(), 1);
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('LuLinear.inverse', x, this.event);
    return this.mix(x, this.inverseMatrix(), -1);
  }

  private mix(points: tf.Tensor, matrix: tf.Tensor2D, sign: 1 | -1): Mapped {
    const rows = tf.reshape(points, [-1, this.n]) as tf.Tensor2D; // [B · places, n]
    const places = sizeOf(this.event) / this.n;
    return {
      value: tf.reshape(tf.matMul(rows, matrix, false, true), points.shape),
      logDet: tf.mul(sign * places, totalPerPoint(points, this.part('logScale'))),
    };
  }

  /** W = P L diag(s) U, [n, n]. */
  private matrix(): tf.Tensor2D {
    const [L, U] = [triangle(this.part('lower'), 'lower', 1), triangle(this.part('upper'), 'upper', 1)];
    return tf.matMul(this.permutation(), tf.matMul(tf.mul(L, this.scale()) as tf.Tensor2D, U)); // the columns of L, scaled
  }

  /** W⁻¹ = U⁻¹ diag(1/s) L⁻¹ Pᵀ, [n, n]. */
  private inverseMatrix(): tf.Tensor2D {
    const solvedL = triangularSolve(this.part('lower'), tf.transpose(this.permutation()), { unit: true });
    const unscaled = tf.div(solvedL, tf.reshape(this.scale(), [-1, 1]));
    return triangularSolve(this.part('upper'), unscaled, { lower: false, unit: true }) as tf.Tensor2D;
  }

  /** s, [n]. */
  private scale(): tf.Tensor {
    return tf.mul(this.part('signs'), tf.exp(this.part('logScale')));
  }

  /** P, [n, n]. */
  private permutation(): tf.Tensor2D {
    return tf.cast(tf.equal(tf.reshape(this.part('order'), [-1, 1]), tf.range(0, this.n)), 'float32') as tf.Tensor2D;
  }

  private part(name: string): tf.Tensor {
    return this.variables[name] as tf.Tensor;
  }
}
