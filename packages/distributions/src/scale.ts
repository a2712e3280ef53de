import * as tf from '@tensorflow/tfjs-core';
import { invertLower, type Matrix } from './cholesky';
import { toTensor } from './parameter';

/** The factor L of a covariance L Lᵀ, as what it does to points in rows. */
export interface Scale {
  /** L ε for each row ε, [n, D] → [n, D]: independent noise takes the covariance. */
  color(noise: tf.Tensor): tf.Tensor;
  /** L⁻¹ c for each row c, [n, D] → [n, D]: centred points become independent. */
  whiten(centred: tf.Tensor): tf.Tensor;
  /** log |det L|. */
  logDeterminant(): tf.Scalar;
  /** The diagonal of L Lᵀ, broadcasts to [D]. */
  variance(): tf.Tensor;
}

/** L = diag(√variance), where a variance is a tensor that broadcasts to [dim]. */
export function diagonalScale(variance: tf.Tensor, dim: number): Scale {
  return {
    color: (noise) => tf.mul(noise, tf.sqrt(variance)),
    whiten: (centred) => tf.div(centred, tf.sqrt(variance)),
    logDeterminant: () => tf.mul(0.5, tf.sum(tf.add(tf.log(variance), tf.zeros([dim])))),
    variance: () => variance,
  };
}

/** L lower triangular, from the host: its inverse and its determinant are taken once, in float64. */
export function triangularScale(lower: Matrix, made: tf.Tensor[]): Scale {
  const factor = toTensor(lower, made) as tf.Tensor2D;
  const inverse = toTensor(invertLower(lower), made) as tf.Tensor2D;
  const logDeterminant = lower.reduce((sum, row, i) => sum + Math.log(row[i] as number), 0);
  return {
    color: (noise) => tf.matMul(noise, factor, false, true),
    whiten: (centred) => tf.matMul(centred, inverse, false, true),
    logDeterminant: () => tf.scalar(logDeterminant),
    variance: () => tf.sum(tf.square(factor), 1),
  };
}
