import * as tf from '@tensorflow/tfjs-core';

/**
 * How uneven images are: half the sum of the squares of neighbours' differences, of all images together.
 *
 * Reference: Mahendran, Vedaldi, "Understanding deep image representations by inverting them", 2015, §3, with β = 2.
 */
export function totalVariation(images: tf.Tensor4D): tf.Scalar {
  const differences = (axis: 1 | 2) => {
    const from = (first: number) => {
      const [begin, size]: [number[], number[]] = [
        [0, 0, 0, 0],
        [-1, -1, -1, -1],
      ];
      [begin[axis], size[axis]] = [first, images.shape[axis] - 1];
      return tf.slice(images, begin, size);
    };
    return tf.sum(tf.square(tf.sub(from(1), from(0))));
  };
  return tf.div(tf.add(differences(1), differences(2)), 2);
}

/**
 * Puts out the pixels of least norm: a part of them goes to 0.
 *
 * @param offsets - images less what counts as 0, [B, H, W, C].
 */
export function clipByNorm(offsets: tf.Tensor4D, part: number): tf.Tensor4D {
  return clipLeast(offsets, tf.sqrt(tf.sum(tf.square(offsets), 3)), part);
}

/** Puts out the pixels that change the score least: `|Σ_c x_c ∂ score / ∂ x_c|`, the first order of what leaving them out does. */
export function clipByContribution(offsets: tf.Tensor4D, gradient: tf.Tensor4D, part: number): tf.Tensor4D {
  return clipLeast(offsets, tf.abs(tf.sum(tf.mul(offsets, gradient), 3)), part);
}

/** Keeps the pixels whose worth [B, H, W] is not among the least `part` of their image. */
function clipLeast(offsets: tf.Tensor4D, worth: tf.Tensor, part: number): tf.Tensor4D {
  const [B, H, W] = offsets.shape;
  const kept = H * W - Math.floor(part * H * W);
  if (kept === H * W) return offsets;
  if (kept === 0) return tf.zerosLike(offsets);
  const flat = tf.reshape(worth, [B, H * W]);
  const threshold = tf.min(tf.topk(flat, kept).values, 1, true); // [B, 1]
  const mask = tf.reshape(tf.cast(tf.greaterEqual(flat, threshold), 'float32'), [B, H, W, 1]);
  return tf.mul(offsets, mask);
}
