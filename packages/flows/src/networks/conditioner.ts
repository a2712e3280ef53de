import type * as tf from '@tensorflow/tfjs-core';
import type { Variables } from '../bijector';

/** A network that makes the parameters of a map from what the map must not change, and from a context. */
export interface Conditioner {
  readonly variables: Variables;
  /** [batch, inputs] and, where the network takes one, a context of [batch, n] → [batch, outputs] */
  apply(kept: tf.Tensor2D, context?: tf.Tensor): tf.Tensor2D;
  /** `apply` for several calls in a row: what does not depend on the points is made once. Left out, nothing is. */
  prepare?(): Conditioner['apply'];
}
