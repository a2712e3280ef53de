import * as tf from '@tensorflow/tfjs-core';
import { type Activation, GELU, NORMAL_DENSITY, SELU } from './names';

/** A function of each number of a tensor, and its derivative there; both can be differentiated. */
export interface ComposedActivation {
  value(z: tf.Tensor, alpha: number): tf.Tensor;
  slope(z: tf.Tensor, alpha: number): tf.Tensor;
}

/** `above` where z > 0, else `below`; both must be finite everywhere. */
const byside = (z: tf.Tensor, above: tf.Tensor, below: tf.Tensor): tf.Tensor => {
  const positive = tf.step(z);
  return tf.add(tf.mul(positive, above), tf.mul(tf.sub(1, positive), below));
};
const notPositive = (z: tf.Tensor): tf.Tensor => tf.neg(tf.relu(tf.neg(z)));
const exponential = (z: tf.Tensor, alpha: number): tf.Tensor => tf.mul(alpha, tf.exp(notPositive(z)));
const logistic = (z: tf.Tensor): tf.Tensor => tf.sigmoid(tf.clipByValue(z, -80, 80));
/** tanh(softplus(z)) = n / (n + 2) with n = e(e + 2), e = exp(z); beyond ±40 it is 0 or 1. */
const gate = (z: tf.Tensor): tf.Tensor => {
  const e = tf.exp(tf.clipByValue(z, -40, 40));
  const n = tf.mul(e, tf.add(e, 2));
  return tf.div(n, tf.add(n, 2));
};
const normalBelow = (z: tf.Tensor): tf.Tensor => tf.mul(0.5, tf.add(1, tf.erf(tf.mul(z, Math.SQRT1_2))));
const normal = (z: tf.Tensor): tf.Tensor =>
  tf.mul(NORMAL_DENSITY, tf.exp(tf.mul(-0.5, tf.square(tf.clipByValue(z, -15, 15)))));
const cubicTanh = (z: tf.Tensor): tf.Tensor => {
  const near = tf.clipByValue(z, -20, 20);
  return tf.tanh(tf.mul(tf.mul(GELU.k, near), tf.add(1, tf.mul(GELU.c, tf.square(near)))));
};
const cubicSlope = (z: tf.Tensor): tf.Tensor =>
  tf.mul(GELU.k, tf.add(1, tf.mul(3 * GELU.c, tf.square(tf.clipByValue(z, -20, 20)))));
const fall = (t: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(t));

/** The activations in plain tfjs ops. */
export const composedActivations: Readonly<Record<Activation, ComposedActivation>> = {
  linear: { value: (z) => z, slope: (z) => tf.onesLike(z) },
  relu: { value: (z) => tf.relu(z), slope: (z) => tf.step(z) },
  leakyRelu: {
    value: (z, alpha) => byside(z, z, tf.mul(alpha, z)),
    slope: (z, alpha) => tf.add(alpha, tf.mul(1 - alpha, tf.step(z))),
  },
  elu: {
    value: (z, alpha) => byside(z, z, tf.sub(exponential(z, alpha), alpha)),
    slope: (z, alpha) => byside(z, tf.onesLike(z), exponential(z, alpha)),
  },
  selu: {
    value: (z) => tf.mul(SELU.scale, byside(z, z, tf.sub(exponential(z, SELU.alpha), SELU.alpha))),
    slope: (z) => tf.mul(SELU.scale, byside(z, tf.onesLike(z), exponential(z, SELU.alpha))),
  },
  gelu: {
    value: (z) => tf.mul(z, normalBelow(z)),
    slope: (z) => tf.add(normalBelow(z), tf.mul(z, normal(z))),
  },
  geluTanh: {
    value: (z) => tf.mul(tf.mul(0.5, z), tf.add(1, cubicTanh(z))),
    slope: (z) =>
      tf.add(tf.mul(0.5, tf.add(1, cubicTanh(z))), tf.mul(tf.mul(0.5, z), tf.mul(fall(cubicTanh(z)), cubicSlope(z)))),
  },
  silu: {
    value: (z) => tf.mul(z, logistic(z)),
    slope: (z) => tf.mul(logistic(z), tf.add(1, tf.mul(z, logistic(tf.neg(z))))),
  },
  mish: {
    value: (z) => tf.mul(z, gate(z)),
    slope: (z) => tf.add(gate(z), tf.mul(tf.mul(z, fall(gate(z))), logistic(z))),
  },
  tanh: { value: (z) => tf.tanh(z), slope: (z) => fall(tf.tanh(z)) },
  sigmoid: { value: logistic, slope: (z) => tf.mul(logistic(z), logistic(tf.neg(z))) },
  softplus: { value: (z) => tf.softplus(z), slope: logistic },
};
