import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { type Batch, blended, checkBatch, type MixOptions, partners, symmetricBeta } from './mixing';

/**
 * Blends each image and its label with another of the batch: `x ← λ x + (1 − λ) x′`, `y ← λ y + (1 − λ) y′`, λ of each image
 * from Beta(α, α).
 *
 * Reference: Zhang, Cissé, Dauphin, Lopez-Paz, "mixup: beyond empirical risk minimization", 2018.
 *
 * @param x - float32, shape [B, H, W, C].
 * @param y - float32, shape [B, classes].
 * @param options.alpha - α. Default 0.2.
 * @returns both, of their shapes.
 * @throws TypeError when shapes or types do not fit or alpha is not positive, RangeError when the seed is bad.
 *
 * @example
 * const mixed = mixup(x, y, { alpha: 0.2, seed });
 */
export function mixup(x: tf.Tensor, y: tf.Tensor, { alpha = 0.2, seed }: MixOptions): Batch {
  const [B] = checkBatch('mixup', x, y, alpha);
  return tf.tidy(() => {
    const share = symmetricBeta(B, alpha, deriveSeed(seed, 0));
    const [x2, y2] = partners(deriveSeed(seed, 1), x, y) as [tf.Tensor, tf.Tensor];
    return { x: blended(x, x2, share) as tf.Tensor4D, y: blended(y, y2, share) };
  });
}
