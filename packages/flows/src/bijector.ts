import type { Seed } from '@tenonjs/runtime';
import type * as tf from '@tensorflow/tfjs-core';

/** Points carried through a bijector, with what the step did to volume. */
export interface Mapped {
  /** The mapped points, shape [batch, ...event]. */
  value: tf.Tensor;
  /** log |det J| of the direction just taken, shape [batch]. */
  logDet: tf.Tensor1D;
}

export interface MapOptions {
  /** For the maps that draw noise (dequantization, estimated traces): an integer in [0, 2⁵³), or one on the device. */
  seed?: Seed;
  /** For the maps whose networks are conditioned: a row for each point, [batch, n], or one for all of them, [1, n]. */
  context?: tf.Tensor;
}

/** A model's variables by name; the names are those in a saved file. */
export type Variables = Readonly<Record<string, tf.Variable>>;

/**
 * An invertible, differentiable map between latent points z and data points x.
 *
 * `forward` goes latent → data, `inverse` data → latent. Densities, sampling, composition and inversion are all
 * derived from these two. Both may be called inside `tf.tidy` and inside a gradient; neither keeps anything.
 */
export interface Bijector {
  /** What `describe` calls it. Default: the name of its class. */
  readonly name?: string;
  /** All that a file must hold: what training changes, and what a seed decided (as variables that are not trainable). */
  readonly variables: Variables;
  forward(z: tf.Tensor, options?: MapOptions): Mapped;
  inverse(x: tf.Tensor, options?: MapOptions): Mapped;
  /** Takes a first state from data, where there is one to take. Done once: what was loaded or started before stays. */
  startFrom?(x: tf.Tensor, options?: MapOptions): void;
}

/** Those variables that training may change. */
export const trainableOf = (variables: Variables): tf.Variable[] =>
  Object.values(variables).filter((variable) => variable.trainable);
