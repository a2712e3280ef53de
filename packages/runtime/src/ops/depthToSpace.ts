import * as tf from '@tensorflow/tfjs-core';
import { complain } from './check';

/**
 * Spreads channels over space: each place becomes a square of `block` × `block` places. As tf.depthToSpace for channels
 * last, with a gradient of any order.
 *
 * @param x - shape [B, H, W, block² · C].
 * @param block - the side of the square.
 * @returns shape [B, block · H, block · W, C].
 * @throws TypeError when x has no four dimensions or block² does not divide its channels.
 *
 * @example
 * const upsampled = depthToSpace(tf.zeros([1, 4, 4, 12]), 2); // [1, 8, 8, 3]
 */
export function depthToSpace(x: tf.Tensor, block: number): tf.Tensor {
  const [B, H, W, channels] = checkImages('depthToSpace', x, block);
  const C = channels / block ** 2;
  if (!Number.isInteger(C)) complain('depthToSpace', 'x', `of shape [B, H, W, ${block ** 2} · C]`, `[${x.shape}]`);
  return tf.tidy(() => {
    const squares = tf.reshape(x, [B * H, W, block, block * C]);
    return tf.reshape(tf.transpose(squares, [0, 2, 1, 3]), [B, H * block, W * block, C]); // [B·H, block, W, block·C]
  });
}

/**
 * Gathers each square of `block` × `block` places into channels: the inverse of {@link depthToSpace}.
 *
 * @param x - shape [B, block · H, block · W, C].
 * @param block - the side of the square.
 * @returns shape [B, H, W, block² · C].
 * @throws TypeError when x has no four dimensions or block does not divide its height and width.
 *
 * @example
 * const squeezed = spaceToDepth(tf.zeros([1, 8, 8, 3]), 2); // [1, 4, 4, 12]
 */
export function spaceToDepth(x: tf.Tensor, block: number): tf.Tensor {
  const [B, height, width, C] = checkImages('spaceToDepth', x, block);
  const [H, W] = [height / block, width / block];
  if (!(Number.isInteger(H) && Number.isInteger(W))) {
    complain('spaceToDepth', 'x', `of shape [B, ${block} · H, ${block} · W, C]`, `[${x.shape}]`);
  }
  return tf.tidy(() => {
    const squares = tf.reshape(x, [B * H, block, W, block * C]);
    return tf.reshape(tf.transpose(squares, [0, 2, 1, 3]), [B, H, W, block ** 2 * C]); // [B·H, W, block, block·C]
  });
}

function checkImages(op: string, x: tf.Tensor, block: number): [number, number, number, number] {
  if (x.rank !== 4) complain(op, 'x', 'of shape [B, H, W, C]', `[${x.shape}]`);
  if (!(Number.isInteger(block) && block > 0)) complain(op, 'block', 'a positive integer', block);
  return x.shape as [number, number, number, number];
}
