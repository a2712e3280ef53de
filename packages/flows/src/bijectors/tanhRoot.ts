import * as tf from '@tensorflow/tfjs-core';

/** Halvings of the bracket in which the root is looked for: to float32's own precision. */
const HALVINGS = 26;

/**
 * The α with `α + slope · tanh(steepness · α + shift) = target`, differentiable in all four. It is the only one where
 * slope · steepness > −1: bisection finds it, and one Newton step gives it its derivatives.
 *
 * @returns of the shape that the four broadcast to.
 */
export function tanhRoot(target: tf.Tensor, slope: tf.Tensor, steepness: tf.Tensor, shift: tf.Tensor): tf.Tensor {
  const found = bisect(target, slope, steepness, shift);
  const height = tf.tanh(tf.add(tf.mul(steepness, found), shift));
  const excess = tf.sub(tf.add(found, tf.mul(slope, height)), target);
  const derivative = tf.add(1, tf.mul(tf.mul(slope, steepness), tf.sub(1, tf.square(height))));
  return tf.sub(found, tf.div(excess, derivative));
}

/** The root without derivatives: the left side grows with α, and the root lies within |slope| of the target. */
const bisect = tf.customGrad((...inputs: unknown[]) => {
  const [target, slope, steepness, shift] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  let low = tf.sub(target, tf.abs(slope));
  let high = tf.add(target, tf.abs(slope));
  for (let i = 0; i < HALVINGS; i++) {
    const middle = tf.mul(0.5, tf.add(low, high));
    const height = tf.tanh(tf.add(tf.mul(steepness, middle), shift));
    const above = tf.greater(tf.add(middle, tf.mul(slope, height)), target);
    low = tf.where(above, low, middle);
    high = tf.where(above, middle, high);
  }
  return {
    value: tf.mul(0.5, tf.add(low, high)),
    gradFunc: () => [target, slope, steepness, shift].map((input) => tf.zerosLike(input)),
  };
});
