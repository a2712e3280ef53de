import * as tf from '@tensorflow/tfjs-core';
import { withSlopes } from '../gradients';
import { digammaMinusLog } from './digamma';
import { lgamma } from './lgamma';
import { STIRLING_FROM, stirlingSeries } from './stirling';

/**
 * Binet's function, what Stirling's formula leaves of log Γ(x), for x > 0:
 *
 *     J(x) = log Γ(x) − (x − ½) log x + x − ½ log 2π
 *
 * Densities are written with it, so that the large parts, of the order of x log x, never appear and cannot cancel.
 */
export function binet(x: tf.Tensor): tf.Tensor {
  return withSlopes(evaluate, [(at) => tf.add(digammaMinusLog(at), tf.div(0.5, at))], x);
}

function evaluate(x: tf.Tensor): tf.Tensor {
  const small = tf.minimum(x, STIRLING_FROM);
  const main = tf.add(tf.mul(tf.sub(small, 0.5), tf.sub(tf.log(small), 1)), 0.5 * Math.log(2 * Math.PI) - 0.5);
  const series = stirlingSeries(tf.maximum(x, STIRLING_FROM));
  return tf.where(tf.less(x, STIRLING_FROM), tf.sub(lgamma(small), main), series);
}
