import * as tf from '@tensorflow/tfjs-core';
import { Pointwise } from './pointwise';

/** The numbers nearest to ±1 whose inverse is finite in float32. */
const EDGE = 1 - 2 ** -23;

/**
 * The hyperbolic tangent of every number: the line becomes (−1, 1).
 *
 *     x = tanh z,   log dx/dz = 2 (log 2 − z − softplus(−2 z))
 *
 * In the inverse x is clamped to ±(1 − 2⁻²³), which is tanh(±8.3); float32 has no numbers nearer to ±1.
 *
 * @example
 * const { value, logDet } = new Tanh().forward(z);
 */
export class Tanh extends Pointwise {
  protected there = (z: tf.Tensor): tf.Tensor => tf.tanh(z);
  protected back = (x: tf.Tensor): tf.Tensor => {
    const inside = tf.clipByValue(x, -EDGE, EDGE);
    return tf.mul(0.5, tf.sub(tf.log1p(inside), tf.log1p(tf.neg(inside))));
  };
  protected logSlope = (z: tf.Tensor): tf.Tensor => {
    // By |z|, since a large z and its softplus would cancel.
    const far = tf.abs(z);
    return tf.mul(2, tf.sub(Math.LN2, tf.add(far, tf.softplus(tf.mul(-2, far)))));
  };
}
