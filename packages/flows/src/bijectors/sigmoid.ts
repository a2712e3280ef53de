import * as tf from '@tensorflow/tfjs-core';
import { Pointwise } from './pointwise';

/** The number nearest to 1 whose inverse is finite in float32. */
const EDGE = 2 ** -24;

/**
 * The logistic sigmoid of every number: the line becomes (0, 1).
 *
 *     x = 1 / (1 + exp(−z)),   log dx/dz = −softplus(z) − softplus(−z)
 *
 * In the inverse x is clamped to [2⁻²⁴, 1 − 2⁻²⁴]. `Logit` is the other direction, with a margin for pixels.
 *
 * @example
 * const { value, logDet } = new Sigmoid().forward(z);
 */
export class Sigmoid extends Pointwise {
  protected there = (z: tf.Tensor): tf.Tensor => tf.sigmoid(z);
  protected back = (x: tf.Tensor): tf.Tensor => {
    const inside = tf.clipByValue(x, EDGE, 1 - EDGE);
    return tf.sub(tf.log(inside), tf.log1p(tf.neg(inside)));
  };
  protected logSlope = (z: tf.Tensor): tf.Tensor => tf.neg(tf.add(tf.softplus(z), tf.softplus(tf.neg(z))));
}
