import { randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { type Reflections, reflectionsAt } from '../linear/reflect';
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
  /** v of each plane, [reflections, dim]. */
  private readonly normals: tf.Variable;

  constructor({ dim, reflections = dim, seed }: { dim: number; reflections?: number; seed: number }) {
    checkPositiveInteger('Householder', 'dim', dim);
    checkPositiveInteger('Householder', 'reflections', reflections);
    this.dim = dim;
    this.normals = tf.tidy(() => {
      const starts = randomNormal([Math.ceil(reflections / 2), dim], { seed });
      const pairs = Array.from({ length: reflections }, (_, i) => Math.floor(i / 2));
      return tf.variable(tf.gather(starts, tf.tensor1d(pairs, 'int32')));
    });
    this.variables = { normals: this.normals };
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Householder.forward', z, [this.dim]);
    return { value: this.reflections().there(z as tf.Tensor2D), logDet: constantPerPoint(z, 0) };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Householder.inverse', x, [this.dim]);
    return { value: this.reflections().back(x as tf.Tensor2D), logDet: constantPerPoint(x, 0) };
  }

  private reflections(): Reflections {
    return reflectionsAt(this.normals as unknown as tf.Tensor2D);
  }
}
