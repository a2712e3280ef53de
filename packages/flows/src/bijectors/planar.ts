import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { constrained, planar } from '../ops/planar';
import { checkPoints, checkPositiveInteger } from '../shapes';
import { tanhRoot } from './tanhRoot';

/**
 * Planar map: points are pushed along one direction, by how far they lie on one side of a plane.
 *
 *     x = z + û tanh(wᵀz + b),   log |det J| = log |1 + ûᵀw (1 − tanh²(wᵀz + b))|
 *
 * It is invertible because wᵀû ≥ −1, which is made so: û = u + (m(wᵀu) − wᵀu) w / |w|² with
 * m(a) = softplus(a + log(e − 1)) − 1. The inverse has no closed form: α = wᵀz is found by bisection of
 * α + wᵀû tanh(α + b) = wᵀx, and one Newton step gives it its derivatives.
 *
 * Reference: Rezende, Mohamed, "Variational inference with normalizing flows", 2015, eq. 10–12 and appendix A.1.
 *
 * @param options.dim - of the points.
 * @param options.seed - of the plane's first direction w; u starts at 0.
 *
 * @example
 * const { value, logDet } = new Planar({ dim: 2, seed: 1 }).forward(z);
 */
export class Planar implements Bijector {
  readonly variables: Variables;
  private readonly dim: number;
  private readonly w: tf.Variable;
  private readonly u: tf.Variable;
  private readonly b: tf.Variable;

  constructor({ dim, seed }: { dim: number; seed: number }) {
    checkPositiveInteger('Planar', 'dim', dim);
    this.dim = dim;
    [this.w, this.u, this.b] = tf.tidy(() => [
      tf.variable(randomNormal([dim, 1], { seed: deriveSeed(seed, 0) })),
      tf.variable(tf.zeros([dim, 1])),
      tf.variable(tf.zeros([1])),
    ]);
    this.variables = { w: this.w, u: this.u, b: this.b };
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Planar.forward', z, [this.dim]);
    const { value, logDet } = planar(z, this.w, this.u, this.b);
    return { value, logDet: logDet as tf.Tensor1D };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Planar.inverse', x, [this.dim]);
    const [w, u] = [this.w, this.u] as unknown as [tf.Tensor2D, tf.Tensor2D];
    const { uHat, slope } = constrained(w, u);
    const target = tf.matMul(x as tf.Tensor2D, w); // [B, 1]
    const height = tf.tanh(tf.add(tanhRoot(target, slope, tf.scalar(1), this.b), this.b)); // [B, 1]
    return {
      value: tf.sub(x, tf.matMul(height, uHat, false, true)),
      logDet: tf.neg(logStretch(height, slope)),
    };
  }
}

/** log |1 + wᵀû (1 − h²)| for heights h = tanh(…): [B, 1] → [B]. */
function logStretch(height: tf.Tensor, slope: tf.Tensor): tf.Tensor1D {
  const stretch = tf.add(1, tf.mul(slope, tf.sub(1, tf.square(height)))); // [B, 1]
  return tf.reshape(tf.log(tf.abs(stretch)), [-1]);
}
