import type * as tf from '@tensorflow/tfjs-core';
import { toRgba } from './toRgba';

/**
 * Shows an image on a canvas, which takes its size.
 *
 * @param image - shape [H, W], [H, W, 1], [H, W, 3] or [H, W, 4], numbers in [0, 1], or bytes as int32.
 * @throws TypeError when the image is of another shape, or the canvas has a context of another kind.
 *
 * @example
 * await drawOnCanvas(document.querySelector('canvas'), overlay(image, heat));
 */
export async function drawOnCanvas(canvas: HTMLCanvasElement | OffscreenCanvas, image: tf.Tensor): Promise<void> {
  const { width, height, data } = await toRgba(image);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (!context) throw new TypeError('drawOnCanvas: canvas must have a 2d context, got one of another kind');
  context.putImageData(new ImageData(data, width, height), 0, 0);
}
