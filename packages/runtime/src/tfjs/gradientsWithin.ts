import * as tf from '@tensorflow/tfjs-core';

interface Taping {
  activeTape: unknown;
}

/**
 * Gradients of a scalar, which may be taken while a gradient is: tfjs's own forget the outer one's tape.
 *
 * @param f - makes the scalar.
 * @param xs - float32; what it does not depend on has the gradient 0.
 * @returns as many tensors, each of its x's shape.
 *
 * @example
 * const square = tf.customGrad((x) => ({
 *   value: tf.square(x as tf.Tensor),
 *   gradFunc: (dy) => gradientsWithin(() => tf.sum(tf.mul(dy, tf.square(x as tf.Tensor))), [x as tf.Tensor])[0] as tf.Tensor,
 * }));
 */
export function gradientsWithin(f: () => tf.Tensor, xs: readonly tf.Tensor[]): tf.Tensor[] {
  const { state } = tf.engine() as unknown as { state: Taping };
  const { activeTape } = state;
  const { grads } = tf.engine().gradients(f, [...xs], undefined, true);
  // tfjs believes that the outermost gradient is done, and has put its tape away.
  state.activeTape = activeTape;
  return xs.map((x, i) => grads[i] ?? tf.zerosLike(x));
}
