import * as tf from '@tensorflow/tfjs';
import { oneHot } from './mlp.ts';

const BATCH = 32;
const SIDE = 28;
const CLASSES = 10;
const CHANNELS = [1, 16, 32];
const EPSILON = 1e-5;

/**
 * A small CNN on one batch of 32 images 28 × 28 × 1: twice a convolution 3 × 3, batch norm with the batch's statistics,
 * relu and a max pool, then a dense layer and softmax cross-entropy: in plain tfjs ops.
 *
 * @returns its variables, and its loss on the batch, a scalar.
 */
export function cnn(): { variables: tf.Variable[]; loss: () => tf.Scalar } {
  const normal = (shape: number[], deviation: number, seed: number) =>
    tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, deviation, 'float32', seed)));
  const constant = (size: number, value: number) => tf.tidy(() => tf.variable(tf.fill([size], value)));
  const blocks = CHANNELS.slice(1).map((outputs, i) => {
    const inputs = CHANNELS[i] as number;
    return {
      filter: normal([3, 3, inputs, outputs], Math.sqrt(2 / (9 * inputs)), i + 1),
      bias: constant(outputs, 0),
      scale: constant(outputs, 1),
      offset: constant(outputs, 0),
    };
  });
  const features = (SIDE / 4) ** 2 * (CHANNELS.at(-1) as number);
  const weights = normal([features, CLASSES], Math.sqrt(1 / features), 3);
  const bias = constant(CLASSES, 0);
  const x = tf.randomNormal([BATCH, SIDE, SIDE, 1], 0, 1, 'float32', 7) as tf.Tensor4D;
  const labels = oneHot(BATCH, CLASSES);

  const network = () => {
    const h = blocks.reduce<tf.Tensor4D>((image, block) => {
      const y = tf.add(tf.conv2d(image, block.filter as unknown as tf.Tensor4D, 1, 'same'), block.bias);
      const { mean, variance } = tf.moments(y, [0, 1, 2]);
      const [scale, offset] = [block.scale, block.offset] as unknown as [tf.Tensor1D, tf.Tensor1D];
      const normalized = tf.batchNorm(y, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale, EPSILON);
      return tf.maxPool(tf.relu(normalized) as tf.Tensor4D, 2, 2, 'same');
    }, x);
    return tf.add(tf.matMul(tf.reshape(h, [BATCH, features]), weights), bias);
  };
  return {
    variables: [...blocks.flatMap((block) => Object.values(block)), weights, bias],
    loss: () => tf.losses.softmaxCrossEntropy(labels, network()) as tf.Scalar,
  };
}
