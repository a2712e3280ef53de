import * as tf from '@tensorflow/tfjs-core';
import { trainableOf, type Variables } from '../bijector';
import { bitsPerDim } from '../bitsPerDim';
import type { ImageShape } from '../masks/imageShape';
import { contextRows } from '../networks/context';
import { checkPoints, checkPositiveInteger, sizeOf } from '../shapes';
import { loadVariables, saveVariables } from '../weights';
import type { PixelNetwork } from './canvas';
import { describeNetwork, type PixelCnnDescription } from './describeNetwork';
import { type DrawOptions, drawImages } from './drawImages';
import { type Given, prefixOf } from './given';
import { ImageCanvas } from './imageCanvas';
import { inFloats, withinLevels } from './levels';
import type { PixelHead } from './pixelHead';
import { pixelOrders, type Side } from './pixelOrder';

/** What a `PixelCnn` is made of; `pixelCnn` and `gatedPixelCnn` make it. */
export interface PixelCnnParts {
  shape: ImageShape;
  levels: number;
  /** The numbers in a row of context; 0 for none. */
  context: number;
  from: Side;
  network: PixelNetwork;
  head: PixelHead;
}

interface ContextOptions {
  /** Of a conditional model: [batch, numbers], or [1, numbers] for all images. */
  context?: tf.Tensor;
}

/**
 * An autoregressive density of images of whole levels: each pixel has a law that is decided by those drawn before it, made by
 * a network of masked convolutions for all pixels at once.
 *
 *     log p(x) = Σᵢ log p(xᵢ | x₁ … xᵢ₋₁)
 *
 * It trains with `fit`: it has `trainableVariables`, and its `loss` is the mean negative log-likelihood. That is exact, of
 * the levels themselves: there is nothing to dequantize.
 *
 * @example
 * const model = gatedPixelCnn({ shape: [28, 28, 1], filters: 32, layers: 4, seed: 1 });
 * await fit(model, { x: images }, { optimizer: adam(), epochs: 10, seed: 1 });
 * const lower = await model.complete(images, 'top', { seed: 2 });
 */
export class PixelCnn {
  /** [height, width, channels] */
  readonly eventShape: number[];
  /** K: a number of an image is one of 0 … K − 1. */
  readonly levels: number;
  /** The side that is drawn first. */
  readonly from: Side;
  readonly variables: Variables;
  readonly network: PixelNetwork;
  readonly head: PixelHead;
  private readonly contextSize: number;

  constructor({ shape, levels, context, from, network, head }: PixelCnnParts) {
    this.eventShape = [...shape];
    [this.levels, this.from, this.contextSize, this.network, this.head] = [levels, from, context, network, head];
    this.variables = variablesOf(network);
    const out = network.layers.at(-1)?.bias as tf.Variable;
    tf.tidy(() => out.assign(head.start()));
  }

  get trainableVariables(): tf.Variable[] {
    return trainableOf(this.variables);
  }

  /**
   * The log-probability of images, in one pass; −∞ of those with a number that is no level.
   *
   * @param x - levels, int32 or float32 of whole numbers 0 … K − 1, shape [batch, height, width, channels].
   * @returns nats, shape [batch].
   * @throws RangeError when x or the context has another shape.
   */
  logProb(x: tf.Tensor, options: ContextOptions = {}): tf.Tensor1D {
    return tf.tidy(() => {
      const pixels = this.logProbOfPixels(x, options);
      return tf.sum(pixels, [1, 2]);
    });
  }

  /**
   * The log-probability of each pixel given those before it: what surprised the model, and where. It is −∞ where a number is
   * none of the levels.
   *
   * @param x - as in `logProb`.
   * @returns nats, shape [batch, height, width].
   * @throws RangeError when x or the context has another shape.
   */
  logProbOfPixels(x: tf.Tensor, options: ContextOptions = {}): tf.Tensor3D {
    checkPoints('PixelCnn.logProb', x, this.eventShape);
    return tf.tidy(() => {
      const { read, write } = pixelOrders[this.from];
      const context = this.contextOf('logProb', x.shape[0] as number, options.context);
      if (x.size === 0) return tf.zeros<tf.Rank.R3>([0, this.eventShape[0] as number, this.eventShape[1] as number]);
      const given = inFloats(x) as tf.Tensor4D;
      const images = read(given);
      const numbers = this.numbers(images, context);
      const [B, H, W, C] = images.shape;
      const nats = this.head.logProb(tf.reshape(numbers, [B * H * W, -1]), tf.reshape(images, [B * H * W, C]));
      const pixels = tf.squeeze<tf.Tensor3D>(write(tf.reshape(nats, [B, H, W, 1])), [3]);
      return withinLevels(pixels, given, this.levels);
    });
  }

  /**
   * The mean negative log-likelihood of a batch, in nats: what `fit` makes small.
   *
   * @param batch.x - as in `logProb`.
   * @param batch.context - of a conditional model: [batch, numbers].
   * @throws RangeError when x or the context has another shape.
   */
  loss({ x, context }: { x: tf.Tensor; context?: tf.Tensor }): tf.Scalar {
    return tf.tidy(() => tf.neg(tf.mean(this.logProb(x, context && { context }))) as tf.Scalar);
  }

  /** The mean bits that a number of the images takes, as in {@link bitsPerDim}. */
  bitsPerDim(x: tf.Tensor, options: ContextOptions = {}): tf.Scalar {
    return tf.tidy(() => bitsPerDim(this.logProb(x, options), sizeOf(this.eventShape)));
  }

  /**
   * Draws images, pixel by pixel. A row costs each layer a row, not an image: what the rows above came to is kept.
   *
   * @param n - how many.
   * @param options.seed - every pixel has a seed of its own, made of this one.
   * @param options.context - of a conditional model: [n, numbers], or [1, numbers] for all images.
   * @param options.onRow - hears of each row that is done, and is waited for.
   * @param options.signal - stops the drawing within a row; it fails with the signal's reason then.
   * @returns levels, float32, shape [n, height, width, channels].
   * @throws RangeError when n is no positive integer or the context has another shape.
   */
  async sample(n: number, options: DrawOptions): Promise<tf.Tensor4D> {
    checkPositiveInteger('PixelCnn.sample', 'n', n);
    const nothing = tf.zeros([n, ...this.eventShape]);
    try {
      return await this.draw('sample', nothing, 0, options);
    } finally {
      nothing.dispose();
    }
  }

  /**
   * Draws what is missing of images, given the rest: exactly, from the law of the model, since what is given comes first in
   * its order. A model that draws from the top can be given upper parts; for lower ones make one with `from: 'bottom'`.
   *
   * @param images - levels, shape [n, height, width, channels]; what is missing may be anything.
   * @param given - the half that is given, by its side, or a table of height rows of width flags, true for what is given.
   * @param options - as in `sample`.
   * @returns levels, float32, shape [n, height, width, channels]; what was given is as it was.
   * @throws RangeError when images have another shape, or what is given does not come first.
   */
  async complete(images: tf.Tensor, given: Given, options: DrawOptions): Promise<tf.Tensor4D> {
    checkPoints('PixelCnn.complete', images, this.eventShape);
    return this.draw('complete', images, prefixOf(this.eventShape, this.from, given), options);
  }

  /** What the network is made of: layers with their masks and parameters, and how far a pixel sees. */
  describe(): PixelCnnDescription {
    return describeNetwork(this.network, this.head);
  }

  /** All variables as the bytes of a safetensors file. */
  save(): Promise<Uint8Array<ArrayBuffer>> {
    return saveVariables(this.variables);
  }

  /**
   * Takes all variables from the bytes that `save` of a model of the same make gave.
   *
   * @throws RangeError that lists every missing, unexpected and mis-shaped variable; nothing is changed then.
   */
  load(bytes: Uint8Array): void {
    loadVariables(this.variables, bytes, 'PixelCnn.load');
  }

  /** Frees the variables. */
  dispose(): void {
    tf.dispose(Object.values(this.variables));
  }

  /**
   * What the network makes for each place of images as they are read.
   *
   * @param images - levels, [B, H, W, C] from the side that is drawn first.
   * @returns [B, H, W, outputs]
   */
  private numbers(images: tf.Tensor4D, context: tf.Tensor2D | undefined): tf.Tensor4D {
    return this.network.apply(new ImageCanvas(this.scaled(images), context));
  }

  /** Levels as the network reads them: 0 … 1, the first level as the zeros around an image. */
  private scaled(levels: tf.Tensor4D): tf.Tensor4D {
    return tf.div(levels, Math.max(1, this.levels - 1));
  }

  private contextOf(caller: string, n: number, context: tf.Tensor | undefined): tf.Tensor2D | undefined {
    if (this.contextSize === 0) return undefined;
    return contextRows(`PixelCnn.${caller}`, context, n, this.contextSize);
  }

  private async draw(caller: string, images: tf.Tensor, known: number, { context, ...options }: DrawOptions) {
    const rows = tf.tidy(() => {
      const given = this.contextOf(caller, images.shape[0] as number, context);
      return given && tf.clone(given);
    });
    const order = pixelOrders[this.from];
    const start = tf.tidy(() => order.read(inFloats(images) as tf.Tensor4D));
    try {
      const parts = { network: this.network, head: this.head, order, scale: (x: tf.Tensor4D) => this.scaled(x) };
      return await drawImages(parts, start, known, rows, options);
    } finally {
      tf.dispose([start, ...(rows ? [rows] : [])]);
    }
  }
}

function variablesOf({ layers, places }: PixelNetwork): Variables {
  const named = layers.flatMap(({ name, kernel, bias, contextKernel }): [string, tf.Variable][] => [
    [`${name}.kernel`, kernel],
    [`${name}.bias`, bias],
    ...(contextKernel ? [[`${name}.context`, contextKernel] as [string, tf.Variable]] : []),
  ]);
  return Object.fromEntries([...named, ...(places ? [['places', places] as [string, tf.Variable]] : [])]);
}
