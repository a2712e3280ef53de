import type { Path } from './curve';

/** A pen: half the width of its line, and the width of the line's soft edge, in pixels. */
export interface Pen {
  half: number;
  edge: number;
}

/**
 * Draws paths into a square picture: each pixel is as bright as its middle is near to the nearest path.
 *
 *     brightness = 255 · clamp((half − distance) / edge + ½, 0, 1)
 *
 * @param picture - receives the brightness, 0 to 255, rows from the top; shape [side, side].
 * @param paths - in pixels: the first pixel reaches from 0 to 1.
 */
export function draw(picture: Int32Array, side: number, paths: Path[], { half, edge }: Pen): void {
  const reach = half + edge / 2;
  for (const path of paths) {
    for (let i = 0; i + 3 < path.length; i += 2) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = path.subarray(i, i + 4);
      const [abx, aby] = [bx - ax, by - ay];
      const squared = abx * abx + aby * aby || 1;
      // Only pixels whose middle can be within reach of this piece.
      const [left, right] = [
        Math.max(0, Math.floor(Math.min(ax, bx) - reach)),
        Math.min(side, Math.ceil(Math.max(ax, bx) + reach)),
      ];
      const [top, bottom] = [
        Math.max(0, Math.floor(Math.min(ay, by) - reach)),
        Math.min(side, Math.ceil(Math.max(ay, by) + reach)),
      ];
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const [apx, apy] = [column + 0.5 - ax, row + 0.5 - ay];
          const along = Math.min(Math.max((apx * abx + apy * aby) / squared, 0), 1);
          const distance = Math.hypot(apx - along * abx, apy - along * aby);
          const brightness = Math.round(255 * Math.min(Math.max((half - distance) / edge + 0.5, 0), 1));
          const pixel = row * side + column;
          if (brightness > (picture[pixel] as number)) picture[pixel] = brightness;
        }
      }
    }
  }
}
