import * as tf from '@tensorflow/tfjs-core';
import { Pointwise } from './pointwise';

/** e^60 ≈ 10²⁶ is a finite float32, and so is its square. */
const BOUND = 60;

/**
 * The exponential of every number: the line becomes the positive half of it.
 *
 *     x = exp z,   log dx/dz = z
 *
 * z is clamped to ±60, and x to what that gives; outside the map is constant and no longer invertible.
 *
 * @example
 * const logNormal = new Flow({ bijector: new Exp(), base: new Normal({ shape: [1] }) });
 */
export class Exp extends Pointwise {
  protected there = (z: tf.Tensor): tf.Tensor => tf.exp(this.logSlope(z));
  protected back = (x: tf.Tensor): tf.Tensor => tf.log(tf.clipByValue(x, Math.exp(-BOUND), Math.exp(BOUND)));
  protected logSlope = (z: tf.Tensor): tf.Tensor => tf.clipByValue(z, -BOUND, BOUND);
}
