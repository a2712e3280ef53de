import * as tf from '@tensorflow/tfjs-core';
import { checkPair, checkRank, complain } from '../check';
import type { Graph } from './graph';

/** One image or several, as a batch. */
export interface Images {
  /** Shape [B, H, W, C], float32. */
  batch: tf.Tensor4D;
  /** Takes the batch off what came of one image; a tensor of its own in any case. */
  unbatch(result: tf.Tensor): tf.Tensor;
}

/**
 * An image [H, W, C] or several [B, H, W, C], fit for a model.
 *
 * @param options.anySize - height and width need not be those that the model was made for.
 * @throws TypeError when they are none.
 */
export function imagesFor(
  caller: string,
  graph: Graph,
  image: tf.Tensor,
  { anySize = false }: { anySize?: boolean } = {},
): Images {
  checkRank(caller, 'image', image, { 3: '[H, W, C]', 4: '[B, H, W, C]' });
  const single = image.rank === 3;
  const got = (single ? [1, ...image.shape] : image.shape) as [number, number, number, number];
  const expected = graph.input.shape;
  const fits =
    expected.length === 4 &&
    expected.every((size, d) => d === 0 || size === null || size === got[d] || (anySize && d < 3)) &&
    got.every((size) => size > 0);
  if (!fits) {
    const sizes = expected.slice(1).map((size, d) => size ?? ['H', 'W', 'C'][d]);
    const wanted = anySize ? ['H', 'W', sizes[2]] : sizes;
    complain(
      caller,
      'image',
      `[${wanted.join(', ')}] or a batch of such, as the model takes`,
      `[${image.shape.join(', ')}]`,
    );
  }
  const batch = tf.cast(tf.reshape(image, got), 'float32') as tf.Tensor4D;
  return { batch, unbatch: (result) => (single ? tf.squeeze(result, [0]) : tf.clone(result)) };
}

/**
 * [H, W, C] of an image to be made, as the model takes it.
 *
 * @throws TypeError when the model takes images of any size and none is given.
 */
export function imageShapeOf(
  caller: string,
  { input: { shape } }: Graph,
  size: number | readonly [number, number] | undefined,
): [number, number, number] {
  const given = size === undefined ? undefined : checkPair(caller, 'size', size, 1);
  const [H, W, C] = [given?.[0] ?? shape[1], given?.[1] ?? shape[2], shape[3]];
  if ((shape[1] ?? H) !== H || (shape[2] ?? W) !== W) {
    complain(caller, 'size', `[${shape.slice(1, 3)}], as the model takes images, or left out`, given);
  }
  if (typeof H !== 'number' || typeof W !== 'number' || typeof C !== 'number') {
    return complain(caller, 'size', 'given, since the model takes images of any', 'none');
  }
  return [H, W, C];
}
