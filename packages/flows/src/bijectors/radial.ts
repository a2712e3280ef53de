import { randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { distanceOf, radial, reachOf } from '../ops/radial';
import { checkPoints, checkPositiveInteger } from '../shapes';

/**
 * Radial map: points are pushed away from a centre or pulled towards it, the more the nearer they are.
 *
 *     x = c + (z − c) (1 + β / (α + r)),   r = |z − c|,   α > 0,   β > −α
 *     log |det J| = (D − 1) log (1 + β / (α + r)) + log (1 + α β / (α + r)²)
 *
 * α = softplus(a + log(e − 1)), and β = α (softplus(b + log(e − 1)) − 1), so that a = b = 0 is the identity at α = 1. The
 * inverse is closed: r solves r² + (α + β − r′) r − α r′ = 0 where r′ = |x − c|.
 *
 * Reference: Rezende, Mohamed, "Variational inference with normalizing flows", 2015, eq. 14 and appendix A.2.
 *
 * @param options.dim - of the points.
 * @param options.seed - of the first centre, which is normal.
 * @throws RangeError when dim is not a positive integer.
 *
 * @example
 * const { value, logDet } = new Radial({ dim: 2, seed: 1 }).forward(z);
 */
export class Radial implements Bijector {
  readonly variables: Variables;
  private readonly dim: number;
  private readonly centre: tf.Variable;
  private readonly a: tf.Variable;
  private readonly b: tf.Variable;

  constructor({ dim, seed }: { dim: number; seed: number }) {
    checkPositiveInteger('Radial', 'dim', dim);
    this.dim = dim;
    [this.centre, this.a, this.b] = tf.tidy(() => [
      tf.variable(randomNormal([dim], { seed })),
      tf.variable(tf.zeros([1])),
      tf.variable(tf.zeros([1])),
    ]);
    this.variables = { centre: this.centre, a: this.a, b: this.b };
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Radial.forward', z, [this.dim]);
    const { value, logDet } = radial(z, this.centre, this.a, this.b);
    return { value, logDet: logDet as tf.Tensor1D };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Radial.inverse', x, [this.dim]);
    const { alpha, beta } = reachOf(this.a, this.b);
    const away = tf.sub(x, this.centre);
    const { stretch, logDet } = this.at(solve(distanceOf(away), alpha, beta), alpha, beta);
    return { value: tf.add(this.centre, tf.div(away, stretch)), logDet: tf.neg(logDet) };
  }

  /** What happens at a latent distance r: [B, 1] → the stretch [B, 1] and log |det J| [B]. */
  private at(r: tf.Tensor, alpha: tf.Tensor, beta: tf.Tensor): { stretch: tf.Tensor; logDet: tf.Tensor1D } {
    const reach = tf.add(alpha, r);
    const pull = tf.div(beta, reach);
    const across = tf.mul(this.dim - 1, tf.log1p(pull));
    const along = tf.log1p(tf.mul(pull, tf.div(alpha, reach)));
    return { stretch: tf.add(1, pull), logDet: tf.reshape(tf.add(across, along), [-1]) };
  }
}

/** The latent distance r of a distance r′ in data: the positive root, in the form in which nothing cancels. */
function solve(distance: tf.Tensor, alpha: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const p = tf.sub(tf.add(alpha, beta), distance); // r² + p r − q = 0
  const q = tf.mul(alpha, distance);
  const larger = tf.mul(0.5, tf.add(tf.abs(p), tf.sqrt(tf.add(tf.square(p), tf.mul(4, q)))));
  const isNear = tf.step(p); // 1 where p > 0
  return tf.add(tf.mul(isNear, tf.div(q, larger)), tf.mul(tf.sub(1, isNear), larger));
}
