import type { RgbaImage } from '@tenonjs/visualization';
import { SIDE } from '../shapes/backdrop';

/** Numbers [64, 64, 3] in [0, 1] as what a canvas takes. */
export function bytesOf(pixels: Float32Array): RgbaImage {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE).fill(255);
  pixels.forEach((value, i) => {
    data[4 * Math.floor(i / 3) + (i % 3)] = 255 * value;
  });
  return { width: SIDE, height: SIDE, data };
}
