import * as tf from '@tensorflow/tfjs-core';

/**
 * A context as one row for each of B points.
 *
 * @param size - the numbers in a row.
 * @returns [B, size]
 * @throws RangeError when it is missing or of another shape.
 */
export function contextRows(caller: string, context: tf.Tensor | undefined, B: number, size: number): tf.Tensor2D {
  const [rows, width] = context?.shape ?? [];
  if (context?.rank !== 2 || width !== size || (rows !== B && rows !== 1)) {
    const found = context ? `[${context.shape.join(', ')}]` : 'none';
    throw new RangeError(`${caller}: context must be [${B}, ${size}] or [1, ${size}], got ${found}`);
  }
  return (rows === B ? context : tf.tile(context, [B, 1])) as tf.Tensor2D;
}

/** Features with the context beside them: [B, n] → [B, n + size]. A network of size 0 takes no notice of a context. */
export function withContext(
  caller: string,
  features: tf.Tensor2D,
  size: number,
  context: tf.Tensor | undefined,
): tf.Tensor2D {
  return size === 0 ? features : tf.concat([features, contextRows(caller, context, features.shape[0], size)], 1);
}
