import type { RgbaImage } from '@tenonjs/visualization';
import { contextOf, paint } from './paint';
import type { Walk } from './walk';

/** Canvas pixels to one of the picture. */
const SCALE = 4;

/** The picture with the occluder where it stands; its rim is seen on grey as well. */
export function paintOccluded(canvas: HTMLCanvasElement, picture: RgbaImage, { stations, shown, window }: Walk): void {
  const context = paintLarge(canvas, picture);
  const at = stations[shown - 1];
  if (at === undefined) return;
  const [x, y, size] = [at.column * SCALE, at.row * SCALE, window * SCALE];
  context.fillStyle = '#808080';
  context.fillRect(x, y, size, size);
  context.lineWidth = 2;
  context.strokeStyle = '#000';
  context.strokeRect(x + 1, y + 1, size - 2, size - 2);
  context.strokeStyle = '#fff';
  context.strokeRect(x + 3, y + 3, size - 6, size - 6);
}

/**
 * What each place cost, in a cell at the occluder's middle, over the picture made faint.
 *
 * @param colours - from nothing lost to all, as CSS has them.
 */
export function paintLosses(
  canvas: HTMLCanvasElement,
  picture: RgbaImage,
  walk: Walk,
  colours: readonly string[],
): void {
  const context = paintLarge(canvas, picture);
  context.fillStyle = 'rgb(128 128 128 / 60%)';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const cell = walk.step * SCALE;
  const edge = ((walk.window - walk.step) / 2) * SCALE;
  for (const { row, column, score } of walk.stations.slice(0, walk.shown)) {
    const part = lost(score, walk.whole);
    context.globalAlpha = 0.45 + 0.5 * part; // where nothing is lost, the picture is seen
    context.fillStyle = colours[Math.round(part * (colours.length - 1))] ?? '';
    context.fillRect(column * SCALE + edge, row * SCALE + edge, cell, cell);
  }
}

/** The part of a probability that is lost: none where it grows. */
export const lost = (score: number, whole: number): number => Math.min(1, Math.max(0, 1 - score / whole));

/** Paints the picture enlarged. */
function paintLarge(canvas: HTMLCanvasElement, picture: RgbaImage): CanvasRenderingContext2D {
  const small = document.createElement('canvas');
  paint(small, picture);
  Object.assign(canvas, { width: picture.width * SCALE, height: picture.height * SCALE });
  const context = contextOf(canvas);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  return context;
}
