import { deriveSeed, randomNormal } from '@tenonjs/runtime';
import { biasActivation, dense } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { ImageShape } from '../masks/imageShape';
import { checkPositiveInteger } from '../shapes';
import type { Conditioner } from './conditioner';
import { contextRows } from './context';
import { patches } from './patches';

export interface PatchMlpOptions {
  /** The numbers that come in are so many images of this shape, one after the other. */
  planes: number;
  shape: ImageShape;
  /** The numbers that go out are so many images of the same height and width, with so many channels. */
  outputs: { planes: number; channels: number };
  /** The numbers in a row of context, which every place sees beside its square. Default: 0, none. */
  context?: number | undefined;
  /** The widths of the hidden layers; none makes a linear map. */
  hidden: readonly number[];
  activation?: 'relu' | 'tanh' | undefined;
  /** How far a place sees: a square of so many pixels, an odd number. Default: 3. */
  side?: number;
  seed: number;
}

/**
 * The same perceptron at every place of an image: it sees the square of pixels around the place and makes the numbers
 * for it. That is a convolution followed by others of one pixel, made of matrix products, which are fast and have
 * gradients on every backend. What differs from place to place is only a bias on the numbers that go out.
 *
 *     h ← activation(patch W + b),   h ← activation(h W + b),   out = h W + b(place)
 *
 * The last layer starts at zero, so that what it conditions starts as the identity. Hidden weights start as those of
 * `mlp`.
 *
 * @throws RangeError when a size is not a positive integer, or the side is even.
 */
export function patchMlp(options: PatchMlpOptions): Conditioner {
  const { planes, shape, outputs, context = 0, hidden, activation = 'relu', side = 3, seed } = options;
  const [H, W, C] = shape;
  for (const size of [planes, ...shape, outputs.planes, outputs.channels, ...hidden, side]) {
    checkPositiveInteger('patchMlp', 'every size', size);
  }
  if (side % 2 === 0) throw new RangeError(`patchMlp: side must be odd, got ${side}`);

  const sees = side * side * planes * C;
  const widths = [sees + context, ...hidden, outputs.planes * outputs.channels];
  const last = widths.length - 2;
  const made = outputs.planes * H * W * outputs.channels;
  const gain = activation === 'relu' ? 2 : 1;
  const variables: Record<string, tf.Variable> = {};
  tf.tidy(() => {
    for (let layer = 0; layer <= last; layer++) {
      const [from, to] = [widths[layer] as number, widths[layer + 1] as number];
      const kernel =
        layer === last
          ? tf.zeros([from, to])
          : randomNormal([from, to], { seed: deriveSeed(seed, layer), std: Math.sqrt(gain / from) });
      variables[`kernel${layer}`] = tf.variable(kernel);
      variables[`bias${layer}`] = tf.variable(tf.zeros([layer === last ? made : to]));
    }
  });
  const kernelOf = (layer: number) => variables[`kernel${layer}`] as unknown as tf.Tensor2D;
  const biasOf = (layer: number) => variables[`bias${layer}`] as tf.Tensor;

  /** The context at every place: [B H W, context]. */
  const everywhere = (kept: tf.Tensor2D, given?: tf.Tensor): tf.Tensor2D => {
    const rows = contextRows('patchMlp', given, kept.shape[0], context);
    return tf.reshape(tf.tile(rows, [1, H * W]), [-1, context]);
  };

  return {
    variables,
    apply(kept, given) {
      const images = flip(kept, [planes, H * W, C]); // [B, H W, planes, C]
      const seen = patches(tf.reshape(images, [-1, H, W, planes * C]), side); // [B, H, W, side² planes C]
      const squares = tf.reshape(seen, [-1, sees]) as tf.Tensor2D; // [B H W, …]
      let features: tf.Tensor = context > 0 ? tf.concat([squares, everywhere(kept, given)], 1) : squares;
      for (let layer = 0; layer < last; layer++)
        features = dense(features, kernelOf(layer), biasOf(layer), { activation });
      const numbers = tf.matMul(features as tf.Tensor2D, kernelOf(last)); // [B H W, outputs.planes outputs.channels]
      const flat = flip(numbers, [H * W, outputs.planes, outputs.channels]); // [B, outputs.planes, H W, …]
      return biasActivation(tf.reshape(flat, [-1, made]), biasOf(last)) as tf.Tensor2D;
    },
  };
}

/** Exchanges the first two axes of each event of three: [B, n, m, c] → [B, m, n, c]. */
const flip = (x: tf.Tensor, event: [number, number, number]): tf.Tensor4D =>
  tf.transpose(tf.reshape(x, [-1, ...event]) as tf.Tensor4D, [0, 2, 1, 3]);
