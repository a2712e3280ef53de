import type * as tf from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';

/** What tfjs draws first values with; it does not export the class, but each initializer has it as its parent. */
export type Initializer = ReturnType<typeof initializers.constant>;

type InitializerClass = (abstract new () => Initializer) & Pick<typeof tf.serialization.Serializable, 'fromConfig'>;

const Base = /* @__PURE__ */ (() => Object.getPrototypeOf(initializers.zeros().constructor) as InitializerClass)();

/** The sizes that a draw is scaled by, and its seed. */
export interface Draw {
  seed: number;
  /** The kernel whose fans count: of a bias that of its layer, of a kernel itself. */
  kernelShape: readonly number[];
}

/** An initializer whose numbers are those of a seed, the same on every backend. Works in `tf.layers` too. */
export abstract class SeededInitializer extends Base {
  /** Without one, a layer of this package takes a seed of its name, and one of `tf.layers` any. */
  abstract readonly seed: number | undefined;

  /** The numbers of a seed. */
  abstract draw(shape: number[], given: Draw): tf.Tensor;

  override apply(shape: number[]): tf.Tensor {
    const seed = this.seed ?? Math.floor(Math.random() * 2 ** 53);
    return this.draw(shape, { seed, kernelShape: shape });
  }

  /** The same, with what a layer knows: a seed where there is none, and whose fans count. */
  within(given: Draw): Initializer {
    return new Within(this, { ...given, seed: this.seed ?? given.seed });
  }
}

class Within extends Base {
  private readonly initializer: SeededInitializer;
  private readonly given: Draw;

  constructor(initializer: SeededInitializer, given: Draw) {
    super();
    this.initializer = initializer;
    this.given = given;
  }

  override apply(shape: number[]): tf.Tensor {
    return this.initializer.draw(shape, this.given);
  }
}
