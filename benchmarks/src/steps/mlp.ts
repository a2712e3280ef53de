import * as tf from '@tensorflow/tfjs';

const SIZES = [32, 64, 64, 10];
const BATCH = 64;

/**
 * A multilayer perceptron 32-64-64-10 with relu, softmax cross-entropy, on one batch of 64: in plain tfjs ops.
 *
 * @returns its variables, and its loss on the batch, a scalar.
 */
export function mlp(): { variables: tf.Variable[]; loss: () => tf.Scalar } {
  const normal = (shape: number[], deviation: number, seed: number) =>
    tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, deviation, 'float32', seed)));
  const layers = SIZES.slice(1).map((outputs, i) => {
    const inputs = SIZES[i] as number;
    return { weights: normal([inputs, outputs], Math.sqrt(2 / inputs), i + 1), bias: normal([outputs], 0, i + 1) };
  });
  const x = tf.randomNormal([BATCH, SIZES[0] as number], 0, 1, 'float32', 7) as tf.Tensor2D;
  const labels = oneHot(BATCH, SIZES.at(-1) as number);
  const network = () =>
    layers.reduce<tf.Tensor>((h, { weights, bias }, i) => {
      const y = tf.add(tf.matMul(h, weights), bias);
      return i < layers.length - 1 ? tf.relu(y) : y;
    }, x);
  return {
    variables: layers.flatMap(({ weights, bias }) => [weights, bias]),
    loss: () => tf.losses.softmaxCrossEntropy(labels, network()) as tf.Scalar,
  };
}

/** Classes 0, 1, 2, … in turn, as rows of zeros and a one. */
export function oneHot(rows: number, classes: number): tf.Tensor2D {
  const values = new Float32Array(rows * classes);
  for (let row = 0; row < rows; row++) values[row * classes + (row % classes)] = 1;
  return tf.tensor2d(values, [rows, classes]);
}
