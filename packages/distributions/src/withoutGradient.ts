import * as tf from '@tensorflow/tfjs-core';

/**
 * Computes f(...inputs) and gives its inputs a gradient of zero: for conditions, which have no slope, and for whose
 * ops tfjs registers no gradient.
 */
export function withoutGradient<T extends tf.Tensor[]>(f: (...inputs: T) => tf.Tensor, ...inputs: T): tf.Tensor {
  const op = tf.customGrad((...args) => {
    const tensors = args.slice(0, inputs.length) as T; // the last argument saves tensors, none is needed
    return { value: f(...tensors), gradFunc: () => inputs.map((input) => tf.zeros(input.shape)) };
  });
  return op(...inputs);
}
