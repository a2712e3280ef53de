import * as tf from '@tensorflow/tfjs-core';

/** A normal as short as this has no direction left. */
const LEAST_SQUARE = 1e-12;

/**
 * Rows reflected at planes, one after the other: `row ← row − 2 (row · v) vᵀ / |v|²`.
 *
 * @param rows - [B, D]
 * @param normals - v of each plane, [D, 1].
 */
export const reflect = (rows: tf.Tensor2D, normals: readonly tf.Tensor2D[]): tf.Tensor2D =>
  normals.reduce((at, v) => {
    const heights = tf.matMul(at, v); // [B, 1]
    const twice = tf.div(tf.mul(2, v), tf.maximum(tf.sum(tf.square(v)), LEAST_SQUARE)) as tf.Tensor2D; // [D, 1]
    return tf.sub(at, tf.matMul(heights, twice, false, true));
  }, rows);
