import type * as tf from '@tensorflow/tfjs-core';
import { checkRank, complain } from '../check';

/** Pixels as a canvas, a PNG or a window takes them: red, green, blue, opacity, a byte each, row by row. */
export interface RgbaImage {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * An image's bytes. Numbers go from 0 to 1, those of int32 from 0 to 255, and are cut off outside.
 *
 * @param image - shape [H, W] or [H, W, 1] (grey), [H, W, 3], or [H, W, 4] with opacity.
 * @throws TypeError when it is of another shape.
 *
 * @example
 * const { width, height, data } = await toRgba(overlay(image, heat));
 */
export async function toRgba(image: tf.Tensor): Promise<RgbaImage> {
  checkRank('toRgba', 'image', image, { 2: '[H, W]', 3: '[H, W, C]' });
  const [height, width, channels = 1] = image.shape as [number, number, number?];
  if (![1, 3, 4].includes(channels))
    complain('toRgba', 'image', '[H, W, C] with 1, 3 or 4 channels', `[${image.shape}]`);
  const numbers = await image.data<'float32'>();
  const most = image.dtype === 'int32' ? 1 : 255;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 4; c++) {
      const isOpacity = c === 3;
      if (isOpacity && channels !== 4) data[4 * i + c] = 255;
      else data[4 * i + c] = most * (numbers[channels * i + Math.min(c, channels - 1)] as number);
    }
  }
  return { width, height, data };
}
