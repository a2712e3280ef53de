import * as tf from '@tensorflow/tfjs';

/** The numbers of a tensor that is made, read and forgotten. */
export async function drawn(make: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(make);
  try {
    return Float32Array.from(await tensor.data());
  } finally {
    tensor.dispose();
  }
}
