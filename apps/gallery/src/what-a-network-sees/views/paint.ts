import type { RgbaImage } from '@tenonjs/visualization';

/** Shows an image on a canvas, which takes its size. */
export function paint(canvas: HTMLCanvasElement, { width, height, data }: RgbaImage): void {
  Object.assign(canvas, { width, height });
  contextOf(canvas).putImageData(new ImageData(data, width, height), 0, 0);
}

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('contextOf: this browser gives no 2d context for a canvas');
  return context;
}
