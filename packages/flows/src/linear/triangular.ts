import * as tf from '@tensorflow/tfjs-core';

/**
 * The inverse of a lower triangular matrix with ones on its diagonal. Blocks of 1, 2, 4, … are solved by those of half
 * the size, all of one size at once:
 *
 *     [A 0; C B]⁻¹ = [A⁻¹ 0; −B⁻¹ C A⁻¹  B⁻¹]
 *
 * which is two products of n × n for each of the log₂ n sizes, as stable as solving row by row.
 *
 * @param lower - [n, n]; only what is below its diagonal is read.
 * @returns [n, n]
 */
export function unitLowerInverse(lower: tf.Tensor2D): tf.Tensor2D {
  const n = lower.shape[0];
  let inverse = tf.eye(n);
  for (let size = 1; size < n; size *= 2) {
    const joints = tf.mul(lower, jointsOf(n, size)); // the blocks C
    inverse = tf.sub(inverse, tf.matMul(tf.matMul(inverse, joints), inverse));
  }
  return inverse;
}

/** Only what is below the diagonal: [n, n] → [n, n]. */
export const strictlyLower = (matrix: tf.Tensor2D): tf.Tensor2D =>
  tf.mul(
    matrix,
    maskOf(matrix.shape[0], (row, column) => row > column),
  );

/** 1 where blocks of a size meet the block before them, below the diagonal; 0 elsewhere. */
const jointsOf = (n: number, size: number): tf.Tensor2D => {
  const block = (i: number) => Math.floor(i / size);
  return maskOf(n, (row, column) => block(row) % 2 === 1 && block(column) === block(row) - 1);
};

const maskOf = (n: number, holds: (row: number, column: number) => boolean): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length: n * n }, (_, i) => (holds(Math.floor(i / n), i % n) ? 1 : 0)),
    [n, n],
  );
