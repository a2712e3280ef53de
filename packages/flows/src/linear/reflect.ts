import { triangularSolve } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';

/** A normal as short as this has no direction left. */
const LEAST_SQUARE = 1e-12;

/** A product of reflections Q = H₁ H₂ … Hₖ, H = I − 2 vᵀ v / |v|², for points in rows. */
export interface Reflections {
  /** x Q: reflected at the first plane, then at the second, …: [B, D] → [B, D]. */
  there(rows: tf.Tensor2D): tf.Tensor2D;
  /** x Qᵀ: reflected at the last plane first. */
  back(rows: tf.Tensor2D): tf.Tensor2D;
}

/**
 * Reflections at planes one after the other, all of them at once: with rows u = √2 v / |v|,
 *
 *     Q = I − Uᵀ W,   (I + the strict upper triangle of U Uᵀ) W = U
 *
 * so that a product of k reflections takes as many ops as one of two.
 *
 * Reference: Joffrain, Low, Quintana-Ortí, van de Geijn, Van Zee, "Accumulating Householder transformations, revisited", 2006.
 *
 * @param normals - v of each plane, [k, D].
 */
export function reflectionsAt(normals: tf.Tensor2D): Reflections {
  const squares = tf.maximum(tf.sum(tf.square(normals), 1, true), LEAST_SQUARE); // [k, 1]
  const U = tf.mul(normals, tf.sqrt(tf.div(2, squares))) as tf.Tensor2D;
  const solved = () => triangularSolve(tf.matMul(U, U, false, true), U, { lower: false, unit: true }) as tf.Tensor2D;
  const W = normals.shape[0] === 1 ? U : solved(); // [k, D]
  const without = (rows: tf.Tensor2D, read: tf.Tensor2D, push: tf.Tensor2D) =>
    tf.sub(rows, tf.matMul(tf.matMul(rows, read, false, true), push)) as tf.Tensor2D; // [B, k] · [k, D]
  return { there: (rows) => without(rows, U, W), back: (rows) => without(rows, W, U) };
}
