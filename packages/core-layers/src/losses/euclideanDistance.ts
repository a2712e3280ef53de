import * as tf from '@tensorflow/tfjs-core';
import { checkFinite, complain } from '../check';

/**
 * The distance of vectors, each from its counterpart: `√Σ (a − b + ε)²`, with PyTorch's ε, so that there is a slope where
 * both are the same.
 *
 * @param a - float32, shape [..., D].
 * @param b - float32, of that shape.
 * @param options.epsilon - ε. Default 10⁻⁶.
 * @returns shape [...].
 * @throws TypeError when shapes or types do not fit.
 *
 * @example
 * const distances = euclideanDistance(net.apply(left), net.apply(right)); // [batch]
 */
export function euclideanDistance(a: tf.Tensor, b: tf.Tensor, { epsilon = 1e-6 } = {}): tf.Tensor {
  checkVectors('euclideanDistance', 'a', a);
  checkVectors('euclideanDistance', 'b', b, a.shape);
  checkFinite('euclideanDistance', 'epsilon', epsilon);
  return tf.tidy(() => tf.sqrt(tf.sum(tf.square(tf.add(tf.sub(a, b), epsilon)), -1)));
}

/** Vectors, float32 [..., D], of just this shape where one is given. */
export function checkVectors(caller: string, argument: string, x: tf.Tensor, shape?: readonly number[]): void {
  if (x.dtype === 'float32' && x.rank >= 1 && (shape === undefined || x.shape.join() === shape.join())) return;
  const must = `float32 of shape [${shape ?? '..., D'}]`;
  complain(caller, argument, must, `${x.dtype} of shape [${x.shape}]`);
}
