import * as tf from '@tensorflow/tfjs-core';
import { checkRank } from '../check';
import { checkPair } from '../checkInputs';
import type { Pair } from './window';

/**
 * Means of so many windows as are wanted, whatever the image's size, as in PyTorch: window i of n along a side of length L
 * goes from `⌊i L / n⌋` to `⌈(i + 1) L / n⌉`. Windows overlap, and where L < n they repeat.
 *
 * @param x - float32, shape [batch, height, width, channels].
 * @param outputSize - rows and columns of windows.
 * @returns shape [batch, rows, columns, channels].
 * @throws TypeError when x has no four dimensions, or a size is no positive integer.
 *
 * @example
 * const y = adaptiveAveragePool2d(x, 7); // [batch, 7, 7, channels]
 */
export function adaptiveAveragePool2d(x: tf.Tensor, outputSize: Pair): tf.Tensor {
  checkRank('adaptiveAveragePool2d', 'x', x, 4);
  const [rows, columns] = checkPair('adaptiveAveragePool2d', 'outputSize', outputSize);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (x.size === 0 && height * width > 0) return tf.zeros([batch, rows, columns, channels]);
  return tf.tidy(() => {
    const lines = tf.reshape(x, [batch, height, width * channels]);
    const down = tf.reshape(tf.matMul(means(height, rows), lines), [batch * rows, width, channels]);
    return tf.reshape(tf.matMul(means(width, columns), down), [batch, rows, columns, channels]);
  });
}

/** A matrix that takes the mean of each window: [1, windows, length]. */
function means(length: number, windows: number): tf.Tensor3D {
  const values = new Float32Array(windows * length);
  for (let i = 0; i < windows; i++) {
    const [start, end] = [Math.floor((i * length) / windows), Math.ceil(((i + 1) * length) / windows)];
    values.fill(1 / (end - start), i * length + start, i * length + end);
  }
  return tf.tensor3d(values, [1, windows, length]);
}
