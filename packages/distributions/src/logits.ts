import * as tf from '@tensorflow/tfjs-core';
import { flatten, isNumbers, type Parameter } from './parameter';

/** How likely: as probabilities, or as logits of any size. */
export type LogitsOrProbs = { logits: Parameter; probs?: undefined } | { probs: Parameter; logits?: undefined };

/** @throws TypeError when not exactly one of the two is given; RangeError when a probability is not in [0, 1]. */
export function checkLogitsOrProbs(
  owner: string,
  { logits, probs }: { logits?: Parameter | undefined; probs?: Parameter | undefined },
): void {
  if ((logits === undefined) === (probs === undefined)) {
    const got = logits === undefined ? 'none' : 'both';
    throw new TypeError(`${owner}: options must be with exactly one of logits, probs, got ${got}`);
  }
  if (probs === undefined || !isNumbers(probs)) return;
  const bad = flatten(probs).find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) throw new RangeError(`${owner}: probs must be in [0, 1], got ${bad}`);
}

/** log(1 + exp(x)) without overflow. */
export function softplus(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
}
