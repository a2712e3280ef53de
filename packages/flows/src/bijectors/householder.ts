import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { reflect } from '../linear/reflect';
import { checkPoints, checkPositiveInteger, constantPerPoint } from '../shapes';

/**
 * A learned orthogonal map: a product of reflections at planes. It turns, and keeps volume.
 *
 *     x = Hₖ … H₂ H₁ z,   H = I − 2 v vᵀ / |v|²,   log |det J| = 0
 *
 * With `dim` reflections it can be any orthogonal map of the determinant (−1)^reflections. The inverse is the same
 * reflections from the last to the first. An even number of them starts as the identity: each pair has one plane.
 *
 * Reference: Tomczak, Welling, "Improving variational auto-encoders using Householder flow", 2016, eq. 9.
 *
 * @param options.dim - of the points.
 * @param options.reflections - how many. Default: dim.
 * @throws RangeError when a number is not a positive integer.
 *
 * @example
 * const turn = new Householder({ dim: 4, reflections: 4, seed: 1 });
 */
export class Householder implements Bijector {
  readonly variables: Variables;
  private readonly dim: number;

  constructor({ dim, reflections = dim, seed }: { dim: number; reflections?: number; seed: number }) {
    checkPositiveInteger('Householder', 'dim', dim);
    checkPositiveInteger('Householder', 'reflections', reflections);
    this.dim = dim;
    this.variables = tf.tidy(() =>
      Object.fromEntries(
        Array.from({ length: reflections }, (_, i) => {
          const start = randomNormal([dim, 1], { seed: deriveSeed(seed, Math.floor(i / 2)) });
          return [`normal${i}`, tf.variable(start)];
        }),
      ),
    );
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Householder.forward', z, [this.dim]);
    return { value: reflect(z as tf.Tensor2D, this.normals()), logDet: constantPerPoint(z, 0) };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Householder.inverse', x, [this.dim]);
    return { value: reflect(x as tf.Tensor2D, this.normals().reverse()), logDet: constantPerPoint(x, 0) };
  }

  private normals(): tf.Tensor2D[] {
    return Object.values(this.variables) as unknown as tf.Tensor2D[]; // [D, 1] each
  }
}
