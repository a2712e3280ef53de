import * as tf from '@tensorflow/tfjs-core';
import { Pointwise } from './pointwise';

/** softplus(−60) ≈ 10⁻²⁶ is still a normal float32. */
const LEAST = Math.exp(-60);

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
    return tf.add(positive, tf.log(tf.neg(tf.expm1(tf.neg(positive)))));
  };
  protected logSlope = (z: tf.Tensor): tf.Tensor => tf.neg(tf.softplus(tf.neg(z)));
}
