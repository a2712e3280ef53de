import { embeddingLookup } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';

/** Shifts images round about: what leaves on one side comes in on the other. */
export function roll(images: tf.Tensor4D, [rows, columns]: readonly [number, number]): tf.Tensor4D {
  return rollAxis(rollAxis(images, 1, rows), 2, columns);
}

function rollAxis(images: tf.Tensor4D, axis: 1 | 2, shift: number): tf.Tensor4D {
  const size = images.shape[axis];
  const cut = size - (((shift % size) + size) % size);
  if (cut === size) return images;
  const [ahead, behind] = tf.split(images, [cut, size - cut], axis) as [tf.Tensor4D, tf.Tensor4D];
  return tf.concat([behind, ahead], axis);
}

/**
 * Turns images about their centre, between pixels by bilinear interpolation, the border going on outside. It can be
 * differentiated, on every backend.
 *
 * @param radians - counter-clockwise as one sees it.
 */
export function rotate(images: tf.Tensor4D, radians: number): tf.Tensor4D {
  if (radians === 0) return images;
  const [B, H, W, C] = images.shape;
  const pixels = tf.reshape(tf.transpose(images, [1, 2, 0, 3]), [H * W, B * C]);
  let sum: tf.Tensor | undefined;
  for (const { places, weights } of corners([H, W], radians)) {
    const part = tf.mul(embeddingLookup(pixels, tf.tensor1d(places, 'int32')), tf.tensor2d(weights, [H * W, 1]));
    sum = sum === undefined ? part : tf.add(sum, part);
  }
  return tf.transpose(tf.reshape(sum as tf.Tensor, [H, W, B, C]), [2, 0, 1, 3]);
}

/** The four pixels that each pixel of a turned image lies between, and how much it has of them. */
function corners([H, W]: readonly [number, number], radians: number) {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [middleY, middleX] = [(H - 1) / 2, (W - 1) / 2];
  const parts = Array.from({ length: 4 }, () => ({ places: new Int32Array(H * W), weights: new Float32Array(H * W) }));
  for (let i = 0; i < H * W; i++) {
    const [dy, dx] = [Math.floor(i / W) - middleY, (i % W) - middleX];
    const y = Math.min(Math.max(middleY + cos * dy + sin * dx, 0), H - 1);
    const x = Math.min(Math.max(middleX - sin * dy + cos * dx, 0), W - 1);
    const [top, left] = [Math.floor(y), Math.floor(x)];
    for (const [k, part] of parts.entries()) {
      const [down, right] = [k >> 1, k & 1];
      part.places[i] = Math.min(top + down, H - 1) * W + Math.min(left + right, W - 1);
      part.weights[i] = (down ? y - top : 1 - y + top) * (right ? x - left : 1 - x + left);
    }
  }
  return parts;
}

/** Blurs images by a Gaussian of that standard deviation in pixels, the border reflected. */
export function blur(images: tf.Tensor4D, sigma: number): tf.Tensor4D {
  const C = images.shape[3];
  const radius = Math.min(Math.ceil(3 * sigma), images.shape[1] - 1, images.shape[2] - 1);
  const raw = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const total = raw.reduce((sum, each) => sum + each);
  const line = raw.map((each) => each / total);
  const around: [number, number] = [radius, radius];
  const padded = tf.mirrorPad(images, [[0, 0], around, around, [0, 0]], 'reflect') as tf.Tensor4D;
  const filter = (shape: [number, number]) => tf.tile(tf.tensor4d(line, [...shape, 1, 1]), [1, 1, C, 1]) as tf.Tensor4D;
  const along = tf.depthwiseConv2d(padded, filter([line.length, 1]), 1, 'valid');
  return tf.depthwiseConv2d(along, filter([1, line.length]), 1, 'valid');
}
