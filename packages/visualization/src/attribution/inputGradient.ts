import * as tf from '@tensorflow/tfjs-core';
import type { Changes } from '../model/evaluate';
import type { Subject } from '../model/subject';

/** The gradient of each image's own score: [B, H, W, C] → [B, H, W, C]. */
export function inputGradient({ scoreAt }: Pick<Subject, 'scoreAt'>, batch: tf.Tensor, changes?: Changes): tf.Tensor {
  // A score depends on its own image alone, so that the gradient of the sum is that of each.
  return tf.grad((x: tf.Tensor) => tf.sum(scoreAt(x, changes)))(batch);
}
