import { deriveSeed, randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { areaOf, boxesAround, maskOf, wholeOf } from './boxes';
import { type Batch, blended, checkBatch, type MixOptions, partners, symmetricBeta } from './mixing';

/**
 * Puts a box of another image of the batch into each image; its label takes the other's by the box's share of the image. The
 * box has `√(1 − λ)` of height and width, λ from Beta(α, α), and is cut off where the image ends.
 *
 * Reference: Yun, Han, Oh, Chun, Choe, Yoo, "CutMix: regularization strategy to train strong classifiers with localizable
 * features", 2019.
 *
 * @param x - float32, shape [B, H, W, C].
 * @param y - float32, shape [B, classes].
 * @param options.alpha - α. Default 1.
 * @returns both, of their shapes.
 * @throws TypeError when shapes or types do not fit or alpha is not positive, RangeError when the seed is bad.
 *
 * @example
 * const mixed = cutmix(x, y, { seed });
 */
export function cutmix(x: tf.Tensor, y: tf.Tensor, { alpha = 1, seed }: MixOptions): Batch {
  const [B, H, W] = checkBatch('cutmix', x, y, alpha);
  return tf.tidy(() => {
    const side = tf.sqrt(tf.sub(1, symmetricBeta(B, alpha, deriveSeed(seed, 0)))); // [B, 1]
    const [row, column] = tf.split(randomUniform([B, 2], { seed: deriveSeed(seed, 2) }), 2, 1) as [
      tf.Tensor,
      tf.Tensor,
    ];
    const [height, width] = [tf.floor(tf.mul(side, H)), tf.floor(tf.mul(side, W))];
    const boxes = boxesAround(wholeOf(row, H), wholeOf(column, W), height, width, [H, W]);
    const [x2, y2] = partners(deriveSeed(seed, 1), x, y) as [tf.Tensor, tf.Tensor];
    const own = tf.sub(1, maskOf(boxes, [H, W]));
    const images = tf.add(tf.mul(x, own), tf.mul(x2, tf.sub(1, own)));
    return { x: images as tf.Tensor4D, y: blended(y, y2, tf.sub(1, areaOf(boxes, [H, W]))) };
  });
}
