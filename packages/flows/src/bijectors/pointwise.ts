import * as tf from '@tensorflow/tfjs-core';
import type { Bijector, Mapped, Variables } from '../bijector';
import { sumEvent } from '../shapes';

/** A map that is the same for every number of an event and has nothing to learn. */
export abstract class Pointwise implements Bijector {
  readonly variables: Variables = {};

  protected abstract there(z: tf.Tensor): tf.Tensor;
  protected abstract back(x: tf.Tensor): tf.Tensor;
  /** log dx/dz at z. */
  protected abstract logSlope(z: tf.Tensor): tf.Tensor;

  forward(z: tf.Tensor): Mapped {
    return { value: this.there(z), logDet: sumEvent(this.logSlope(z)) };
  }

  inverse(x: tf.Tensor): Mapped {
    const z = this.back(x);
    return { value: z, logDet: tf.neg(sumEvent(this.logSlope(z))) };
  }
}
