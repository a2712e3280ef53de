import { permutation } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { checkPoints, checkPositiveInteger, constantPerPoint } from '../shapes';

export interface PermutationOptions {
  /** Of an event; its last axis is put in another order: the numbers of a vector, the channels of an image. */
  shape: readonly number[];
  /** Position i of the data comes from position order[i] of the latent point. Default: a random order. */
  order?: readonly number[];
  /** Of the random order. */
  seed?: number;
}

/**
 * A fixed new order of the numbers of a vector, or of the channels of an image: `xᵢ = z[order[i]]`, `log |det J| = 0`. The
 * order is saved with a flow.
 *
 * @throws RangeError when `order` is not each of 0 … n − 1 once.
 * @throws TypeError when there is neither an order nor a seed.
 *
 * @example
 * const reversed = new Permutation({ shape: [3], order: [2, 1, 0] });
 * const random = new Permutation({ shape: [8, 8, 12], seed: 1 });
 */
export class Permutation implements Bijector {
  readonly variables: Variables;
  private readonly event: readonly number[];
  private readonly order: tf.Variable;

  constructor({ shape, order, seed }: PermutationOptions) {
    const n = shape.at(-1) ?? 0;
    checkPositiveInteger('Permutation', 'the size of the last axis', n);
    if (!order && seed === undefined) throw new TypeError('Permutation: options must have order or seed, got neither');
    const positions = order ? [...order] : [...permutation(n, { seed: seed as number })];
    if (positions.length !== n || [...positions].sort((a, b) => a - b).some((position, i) => position !== i)) {
      throw new RangeError(`Permutation: order must be each of 0 … ${n - 1} once, got [${positions.join(', ')}]`);
    }
    this.event = shape;
    this.order = tf.tidy(() => tf.variable(tf.tensor1d(positions, 'float32'), false));
    this.variables = { order: this.order };
  }

  forward(z: tf.Tensor): Mapped {
    checkPoints('Permutation.forward', z, this.event);
    return { value: reorder(z, this.order, false), logDet: constantPerPoint(z, 0) };
  }

  inverse(x: tf.Tensor): Mapped {
    checkPoints('Permutation.inverse', x, this.event);
    return { value: reorder(x, this.order, true), logDet: constantPerPoint(x, 0) };
  }
}

/** Gathers the last axis by an order or by its inverse; the gradient is the gather by the other of the two. */
function reorder(points: tf.Tensor, order: tf.Tensor, isBack: boolean): tf.Tensor {
  const gather = tf.customGrad((x) => ({
    value: tf.gather(x as tf.Tensor, positionsOf(order, isBack), points.rank - 1),
    gradFunc: (dy: tf.Tensor) => reorder(dy, order, !isBack),
  }));
  return gather(points);
}

function positionsOf(order: tf.Tensor, isBack: boolean): tf.Tensor1D {
  const there = tf.cast(order, 'int32') as tf.Tensor1D;
  if (!isBack) return there;
  const n = order.size;
  const back = tf.scatterND(tf.reshape(there, [n, 1]), tf.range(0, n, 1, 'float32'), [n]); // back[order[i]] = i
  return tf.cast(back, 'int32') as tf.Tensor1D;
}
