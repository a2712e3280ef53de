import { deriveSeed, permutation, randomNormal, randomUniform, type Seed } from '@tenonjs/runtime';
import { embeddingLookup } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import { complain } from '../check';
import { checkImages } from '../checkInputs';

export interface MixOptions {
  /** Shares are drawn from Beta(α, α), > 0: the larger, the nearer to half and half. */
  alpha?: number;
  /** Of the draws: an integer in [0, 2⁵³), or a seed on the device. */
  seed: Seed;
}

/** Images and labels of one batch. */
export interface Batch {
  x: tf.Tensor4D;
  y: tf.Tensor;
}

export function checkBatch(caller: string, x: tf.Tensor, y: tf.Tensor, alpha: number) {
  const shape = checkImages(caller, 'x', x);
  if (y.dtype !== 'float32' || y.rank < 2 || y.shape[0] !== shape[0]) {
    const must = `float32 of shape [${shape[0]}, C], a weight for each class`;
    complain(caller, 'y', must, `${y.dtype} of shape [${y.shape}]; tf.oneHot makes one of integers, to be cast`);
  }
  if (!(alpha > 0 && alpha < Infinity)) complain(caller, 'alpha', 'a finite number > 0', String(alpha));
  return shape;
}

/** Each row's partner, itself among them: a tensor's rows in an order that the seed gives. */
export function partners(seed: Seed, ...tensors: tf.Tensor[]): tf.Tensor[] {
  const rows = (tensors[0] as tf.Tensor).shape[0] as number;
  if (rows === 0) return tensors.map((tensor) => tf.clone(tensor));
  // The same order on the host, for backends that cannot see the numbers of a seed on the device.
  const order =
    typeof seed === 'number'
      ? tf.tensor1d(Int32Array.from(permutation(rows, { seed })), 'int32')
      : permutation(rows, { seed });
  return tensors.map((tensor) => {
    const B = tensor.shape[0] as number;
    return tf.reshape(embeddingLookup(tf.reshape(tensor, [B, -1]), order), tensor.shape as [number]);
  });
}

/** Below it a share is that of one side alone. */
const LEAST = 1e-30;

/**
 * Numbers of Beta(α, α), [B, 1], without rejection: `½ + ½ s √(q / (1 + q))` with `q = (U^(−1/α) − 1) cos² θ`, U uniform, θ an
 * angle and s the sign of its cosine.
 *
 * Reference: Devroye, "Random variate generation in one line of code", 1996; Bailey, "Polar generation of random variates
 * with the t-distribution", 1994.
 */
export function symmetricBeta(B: number, alpha: number, seed: Seed): tf.Tensor {
  const r = tf.pow(randomUniform([B, 1], { seed: deriveSeed(seed, 0) }), 1 / alpha); // U^(1/α)
  const [a, b] = tf.split(randomNormal([B, 2], { seed: deriveSeed(seed, 1) }), 2, 1) as [tf.Tensor, tf.Tensor];
  const squared = tf.square(a);
  const cosine = tf.div(squared, tf.maximum(tf.add(squared, tf.square(b)), LEAST)); // cos² of the angle of two normals
  const above = tf.mul(tf.sub(1, r), cosine);
  const share = tf.div(above, tf.maximum(tf.add(r, above), LEAST)); // q / (1 + q)
  return tf.add(0.5, tf.mul(0.5, tf.mul(tf.sign(a), tf.sqrt(share))));
}

/** A number for each row, with as many dimensions as a tensor. */
const spreadOver = (perRow: tf.Tensor, tensor: tf.Tensor): tf.Tensor =>
  tf.reshape(perRow, [-1, ...tensor.shape.slice(1).map(() => 1)]);

/** `share · own + (1 − share) · other` */
export const blended = (own: tf.Tensor, other: tf.Tensor, share: tf.Tensor): tf.Tensor => {
  const weight = spreadOver(share, own);
  return tf.add(tf.mul(own, weight), tf.mul(other, tf.sub(1, weight)));
};
