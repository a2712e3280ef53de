import * as tf from '@tensorflow/tfjs-core';
import { binet } from './binet';
import { log1p } from './differences';

/** log((x + y) / x) = log1p(y / x), which keeps its digits when y is the smaller. */
const logShare = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.neg(log1p(tf.div(y, x)));

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b) for a, b > 0, without the large parts that cancel: with s = a + b,
 *
 *     (a − ½) log(a / s) + (b − ½) log(b / s) − ½ log s + ½ log 2π + J(a) + J(b) − J(s)
 *
 * @param a - positive, broadcasts with b.
 * @param b - positive.
 * @returns of the shape that both broadcast to.
 */
export function logBeta(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const sum = tf.add(a, b);
  const shares = tf.add(tf.mul(tf.sub(a, 0.5), logShare(a, b)), tf.mul(tf.sub(b, 0.5), logShare(b, a)));
  const remainders = tf.sub(tf.add(binet(a), binet(b)), binet(sum));
  return tf.add(tf.sub(shares, tf.mul(0.5, tf.log(tf.div(sum, 2 * Math.PI)))), remainders);
}
