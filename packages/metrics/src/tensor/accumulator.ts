import * as tf from '@tensorflow/tfjs-core';

/** One tensor that stays on the device and is replaced by its sum with what comes. */
export class Accumulator {
  readonly #combine: (state: tf.Tensor, batch: tf.Tensor) => tf.Tensor;
  readonly #zero: () => tf.Tensor;
  #state: tf.Tensor;

  constructor(zero: () => tf.Tensor, combine: (state: tf.Tensor, batch: tf.Tensor) => tf.Tensor = tf.add) {
    this.#zero = zero;
    this.#combine = combine;
    this.#state = tf.keep(tf.tidy(zero));
  }

  /** Adds what `batch` makes; nothing is read back. */
  add(batch: () => tf.Tensor): void {
    this.#replace(() => this.#combine(this.#state, batch()));
  }

  merge(other: Accumulator): void {
    this.add(() => other.#state);
  }

  reset(): void {
    this.#replace(this.#zero);
  }

  /** Reads the state, once. */
  async read(): Promise<Float64Array> {
    return Float64Array.from(await this.#state.data<'float32'>());
  }

  dispose(): void {
    this.#state.dispose();
  }

  #replace(make: () => tf.Tensor): void {
    const next = tf.keep(tf.tidy(make));
    this.#state.dispose();
    this.#state = next;
  }
}
