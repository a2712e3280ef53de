import * as tf from '@tensorflow/tfjs-core';

/** What every update takes beside truth and prediction. */
export interface TensorWeights {
  /** [N], none below 0; each sample counts once if it is left out. */
  sampleWeight?: tf.Tensor;
}

/** Throws unless all are vectors of one length. */
export function checkPair(
  caller: string,
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  predName: string,
  sampleWeight?: tf.Tensor,
): void {
  const all: [string, tf.Tensor][] = [
    ['yTrue', yTrue],
    [predName, yPred],
  ];
  if (sampleWeight !== undefined) all.push(['sampleWeight', sampleWeight]);
  for (const [name, tensor] of all) {
    if (!(tensor instanceof tf.Tensor))
      throw new TypeError(`${caller}: ${name} must be a tensor, got ${typeof tensor}`);
    if (tensor.rank !== 1 || tensor.size !== yTrue.size) {
      throw new RangeError(`${caller}: ${name} must be [${yTrue.size}], got [${tensor.shape}]`);
    }
  }
}

/** How often each of `size` numbers occurs, in whole numbers, or the sum of its weights: [size]. */
export function countEach(numbers: tf.Tensor, size: number, weights?: tf.Tensor): tf.Tensor {
  return weights ? sumEach(numbers, size, tf.cast(weights, 'float32')) : tf.cast(sumEach(numbers, size), 'int32');
}

/**
 * The sum of the weights of each of `size` numbers, or how often it occurs: [size]. The bins are float32, the only kind
 * that WebGPU counts in; what they hold is exact up to 2²⁴ a batch.
 *
 * @param numbers - [N], int32.
 * @param weights - [N], float32.
 */
export function sumEach(numbers: tf.Tensor, size: number, weights: tf.Tensor = tf.tensor1d([])): tf.Tensor1D {
  return tf.bincount(numbers as tf.Tensor1D, weights as tf.Tensor1D, size);
}

/** The numbers of the cells of a table with `columns` columns: [N], int32. */
export function cellOf(row: tf.Tensor, column: tf.Tensor, columns: number): tf.Tensor {
  return tf.add(tf.mul(tf.cast(row, 'int32'), tf.scalar(columns, 'int32')), tf.cast(column, 'int32'));
}

/** In which of `count` equal parts of [0, 1] each number is: [N], int32. */
export function partOf(values: tf.Tensor, count: number): tf.Tensor {
  return tf.cast(tf.clipByValue(tf.floor(tf.mul(values, count)), 0, count - 1), 'int32');
}
