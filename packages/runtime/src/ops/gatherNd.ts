import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../tfjs/ops/tensorSpec';
import { checkFloat, checkInteger, complain } from './check';
import { addRows, embeddingLookup } from './embeddingLookup';

/** Places [..., k] in a tensor whose first k dimensions have these sizes, as flat int32 indices. */
function flatIndices(indices: tf.Tensor, sizes: readonly number[]): tf.Tensor {
  const strides = sizes.map((_, i) => sizeOf(sizes.slice(i + 1)));
  return tf.cast(tf.sum(tf.mul(indices, tf.tensor1d(strides, 'int32')), -1), 'int32');
}

function checkPlaces(op: string, indices: tf.Tensor, rank: number): number {
  checkInteger(op, 'indices', indices);
  const depth = indices.shape.at(-1) ?? 0;
  if (depth < 1 || depth > rank)
    complain(op, 'indices', `of shape [..., k], k from 1 to ${rank}`, `[${indices.shape}]`);
  return depth;
}

/**
 * Picks slices out of a tensor: `y[...] = x[indices[...]]`. As tf.gatherND, with a gradient.
 *
 * @param x - float32, of any shape with k dimensions or more.
 * @param indices - int32, shape [..., k]: where along each of x's first k dimensions; all must be inside.
 * @returns shape [...indices.shape without k, ...x.shape without the first k].
 * @throws TypeError when types or shapes do not fit.
 *
 * @example
 * const diagonal = gatherNd(matrix, tf.tensor([[0, 0], [1, 1]], [2, 2], 'int32'));
 */
export function gatherNd(x: tf.Tensor, indices: tf.Tensor): tf.Tensor {
  checkFloat('gatherNd', 'x', x, 1);
  const depth = checkPlaces('gatherNd', indices, x.rank);
  const [outer, inner] = [x.shape.slice(0, depth), x.shape.slice(depth)];
  return tf.tidy(() => {
    const rows = embeddingLookup(tf.reshape(x, [sizeOf(outer), sizeOf(inner)]), flatIndices(indices, outer));
    return tf.reshape(rows, [...indices.shape.slice(0, -1), ...inner]);
  });
}

/**
 * Adds slices into a tensor of zeros: the transpose of {@link gatherNd}. As tf.scatterND, with a gradient; what goes to one
 * place twice is added up.
 *
 * @param indices - int32, shape [..., k]; all must be inside.
 * @param updates - float32, shape [...indices.shape without k, ...shape without the first k].
 * @param shape - of the result.
 * @returns a tensor of that shape.
 * @throws TypeError when types or shapes do not fit.
 *
 * @example
 * const counts = scatterNd(tf.tensor([[1], [1]], [2, 1], 'int32'), tf.ones([2]), [4]); // [0, 2, 0, 0]
 */
export function scatterNd(indices: tf.Tensor, updates: tf.Tensor, shape: readonly number[]): tf.Tensor {
  checkFloat('scatterNd', 'updates', updates);
  const depth = checkPlaces('scatterNd', indices, shape.length);
  const [outer, inner] = [shape.slice(0, depth), shape.slice(depth)];
  const expected = [...indices.shape.slice(0, -1), ...inner];
  if (updates.shape.join() !== expected.join()) {
    complain('scatterNd', 'updates', `of shape [${expected}]`, `[${updates.shape}]`);
  }
  const [rows, columns] = [sizeOf(outer), sizeOf(inner)];
  return tf.tidy(() => {
    const { dTable } = addRows({ dy: updates, indices: flatIndices(indices, outer) }, { rows, columns });
    return tf.reshape(dTable, [...shape]);
  });
}
