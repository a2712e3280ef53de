import type * as tf from '@tensorflow/tfjs-core';
import type { Variables } from '../bijector';

/** A network that makes the parameters of a map from what the map must not change. */
export interface Conditioner {
  readonly variables: Variables;
  /** [batch, inputs] → [batch, outputs] */
  apply(kept: tf.Tensor2D): tf.Tensor2D;
}
