import type * as tf from '@tensorflow/tfjs-core';
import { encode } from 'fast-png';
import { toRgba } from '../images/toRgba';

/**
 * An image as the bytes of a PNG file.
 *
 * @param image - shape [H, W], [H, W, 1], [H, W, 3] or [H, W, 4], numbers in [0, 1], or bytes as int32.
 * @throws TypeError when it is of another shape.
 *
 * @example
 * await writeFile('heat.png', await toPng(overlay(image, heat)));
 */
export async function toPng(image: tf.Tensor): Promise<Uint8Array> {
  const { width, height, data } = await toRgba(image);
  return encode({ width, height, data: new Uint8Array(data.buffer), channels: 4 });
}
