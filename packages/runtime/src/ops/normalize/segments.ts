import * as tf from '@tensorflow/tfjs-core';

/**
 * A tensor seen as [batch, places, groups, width]: each [b, g] is normalised by itself over places and width; each [g, k]
 * has its own gamma and beta.
 */
export interface Segments {
  batch: number;
  places: number;
  groups: number;
  width: number;
}

export interface NormalizeAttributes extends Segments {
  epsilon: number;
  /** Whether the mean is taken away; else numbers are only divided by their root mean square. */
  centered: boolean;
}

/** Where [b, s, g, k] lies. */
export const shapeOf = ({ batch, places, groups, width }: Segments): [number, number, number, number] => [
  batch,
  places,
  groups,
  width,
];

/** x normalised, [batch, places, groups, width], and 1/σ, [batch, 1, groups, 1]. */
export function standardized(
  x: tf.Tensor,
  { epsilon, centered, ...segments }: NormalizeAttributes,
): { normal: tf.Tensor; inverse: tf.Tensor } {
  const all = tf.reshape(x, shapeOf(segments));
  const middle = centered ? tf.sub(all, tf.mean(all, [1, 3], true)) : all;
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(middle), [1, 3], true), epsilon));
  return { normal: tf.mul(middle, inverse), inverse };
}
