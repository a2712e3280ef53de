import * as tf from '@tensorflow/tfjs-core';
import { Pointwise } from './pointwise';

/** softplus(−60) ≈ 10⁻²⁶ is still a normal float32. */
const LEAST = Math.exp(-60);

/** Below this, log(1 − e⁻ˣ) is taken from its series: a GPU rounds 1 − e⁻ˣ to 0 there. */
const NEAR = 0.1;
const AT_NEAR = Math.log(-Math.expm1(-NEAR));

/** log(1 − e⁻ˣ) for x > 0, as the sum of a part that moves below `NEAR` and one that moves above. */
function logOneMinusExp(x: tf.Tensor): tf.Tensor {
  const near = tf.minimum(x, NEAR);
  const below = tf.add(tf.log(near), tf.mul(near, tf.sub(tf.div(near, 24), 0.5))); // log x − x/2 + x²/24
  const above = tf.log(tf.neg(tf.expm1(tf.neg(tf.maximum(x, NEAR)))));
  return tf.add(below, tf.sub(above, AT_NEAR));
}

/**
 * The soft positive part of every number: the line becomes the positive half of it, and far out nothing moves.
 *
 *     x = log(1 + exp z),   log dx/dz = −softplus(−z)
 *
 * In the inverse, z = x + log(1 − exp(−x)), x is clamped to at least e⁻⁶⁰.
 *
 * @example
 * const { value, logDet } = new Softplus().forward(z);
 */
export class Softplus extends Pointwise {
  protected there = (z: tf.Tensor): tf.Tensor => tf.softplus(z);
  protected back = (x: tf.Tensor): tf.Tensor => {
    const positive = tf.maximum(x, LEAST);
    return tf.add(positive, logOneMinusExp(positive));
  };
  protected logSlope = (z: tf.Tensor): tf.Tensor => tf.neg(tf.softplus(tf.neg(z)));
}
