import * as tf from '@tensorflow/tfjs-core';

/**
 * Computes f(...inputs) and gives its inputs a gradient of zero: for conditions, which have no slope, and for whose
 * ops tfjs registers no gradient. What f uses without being handed it is not reached by gradients at all.
 */
export function withoutGradient<T extends tf.Tensor[]>(f: (...inputs: T) => tf.Tensor, ...inputs: T): tf.Tensor {
  const op = tf.customGrad((...args) => {
    const tensors = args.slice(0, inputs.length) as T; // the last argument saves tensors, none is needed
    return { value: f(...tensors), gradFunc: () => inputs.map((input) => tf.zeros(input.shape)) };
  });
  return op(...inputs);
}

/**
 * Computes f(...inputs), all of one shape and element by element, with slopes that are told: the gradient of input i
 * is dy · slopes[i](...inputs). They are made of ops, so that they can be differentiated again.
 */
export function withSlopes<T extends tf.Tensor[]>(
  f: (...inputs: T) => tf.Tensor,
  slopes: ((...inputs: T) => tf.Tensor)[],
  ...inputs: T
): tf.Tensor {
  const op = tf.customGrad((...args) => {
    const tensors = args.slice(0, inputs.length) as T;
    const save = args[inputs.length] as unknown as (tensors: tf.Tensor[]) => void;
    save(tensors);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      slopes.map((slope) => tf.mul(dy, slope(...(saved as T)))) as tf.Tensor[];
    return { value: f(...tensors), gradFunc };
  });
  return op(...inputs);
}

/** Each tensor at the shape that all of them broadcast to. */
export function broadcastTogether<T extends tf.Tensor[]>(...tensors: T): T {
  const shape = tensors.reduce<number[]>(
    (shared, { shape }) => tf.broadcast_util.assertAndGetBroadcastShape(shared, shape),
    [],
  );
  return tensors.map((tensor) =>
    String(tensor.shape) === String(shape) ? tensor : tf.add(tensor, tf.zeros(shape)),
  ) as T;
}
