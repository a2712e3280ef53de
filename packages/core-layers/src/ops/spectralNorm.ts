import * as tf from '@tensorflow/tfjs-core';
import { checkCount, complain } from '../check';

export interface SpectralNormOptions {
  /** Steps of power iteration from the vector given. Default 1. */
  iterations?: number;
}

/**
 * Divides a kernel by its largest singular value, as power iteration finds it: `v = W u / |W u|`, `u = Wᵀ v / |Wᵀ v|`,
 * `σ = vᵀ W u`, `value = W / σ`. The gradient takes u and v as they are.
 *
 * Reference: Miyato, Kataoka, Koyama, Yoshida, "Spectral normalization for generative adversarial networks", 2018.
 *
 * @param kernel - float32, shape [..., outputs], taken as a matrix of so many columns.
 * @param vector - u, shape [outputs], not 0: where the last call came to.
 * @returns value, of the kernel's shape; vector, the new u.
 * @throws TypeError when shapes do not fit.
 *
 * @example
 * const { value, vector } = spectralNorm(kernel, u, { iterations: 1 });
 */
export function spectralNorm(
  kernel: tf.Tensor,
  vector: tf.Tensor,
  { iterations = 1 }: SpectralNormOptions = {},
): { value: tf.Tensor; vector: tf.Tensor } {
  const outputs = kernel.shape.at(-1);
  if (kernel.rank < 2) complain('spectralNorm', 'kernel', 'of shape [..., outputs]', `[${kernel.shape}]`);
  if (vector.rank !== 1 || vector.size !== outputs) {
    complain('spectralNorm', 'vector', `of shape [${outputs}]`, `[${vector.shape}]`);
  }
  checkCount('spectralNorm', 'iterations', iterations, 0);
  return tf.tidy(() => {
    const matrix = tf.reshape(kernel, [-1, outputs as number]);
    const u = iterated(iterations)(matrix, tf.reshape(vector, [-1, 1])); // [O, 1]
    const v = leftOf(matrix, u); // [R, 1]
    const sigma = tf.sum(tf.mul(v, product(matrix, u)));
    return { value: tf.div(kernel, sigma), vector: tf.reshape(u, [-1]) };
  });
}

const product = (a: tf.Tensor, b: tf.Tensor, transpose = false) =>
  tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transpose);

const unit = (x: tf.Tensor) => tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x)), 1e-12)));

/** A function through which no gradient goes. */
const still = (f: (matrix: tf.Tensor, u: tf.Tensor) => tf.Tensor) =>
  tf.customGrad((...given) => {
    const [matrix, u] = given as tf.Tensor[] as [tf.Tensor, tf.Tensor];
    const [rows, columns] = [matrix.shape, u.shape];
    return { value: f(matrix, u), gradFunc: () => [tf.zeros(rows), tf.zeros(columns)] };
  });

const leftOf = /* @__PURE__ */ still((matrix, u) => unit(product(matrix, u)));

const iterated = (iterations: number) =>
  still((matrix, u) => {
    let next = unit(u);
    for (let i = 0; i < iterations; i++) next = unit(product(matrix, unit(product(matrix, next)), true));
    return next;
  });
