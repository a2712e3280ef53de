import * as tf from '@tensorflow/tfjs-core';

/** max |a − b|, over all elements. NaN when any element is not a number. */
export async function distance(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  if (a.shape.join() !== b.shape.join()) {
    throw new RangeError(`distance: both tensors must have one shape, got [${a.shape}] and [${b.shape}]`);
  }
  const [left, right] = [await a.data<'float32'>(), await b.data<'float32'>()];
  // Compared on the host: a GPU may assume that no NaN occurs.
  return left.reduce((worst: number, value, i) => {
    const gap = Math.abs(value - (right[i] as number));
    return Number.isNaN(gap) || gap > worst ? gap : worst;
  }, 0);
}

/** How many tensors a call leaves behind, apart from what it returns. */
export async function leaked(call: () => tf.TensorContainer | Promise<tf.TensorContainer>): Promise<number> {
  const before = tf.memory().numTensors;
  tf.dispose(await call());
  return tf.memory().numTensors - before;
}
