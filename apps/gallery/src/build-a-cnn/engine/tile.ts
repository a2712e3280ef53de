import type { Maps } from './insight';

/** Maps side by side: a value a pixel, NaN between them. */
export interface Tiles {
  values: Float32Array<ArrayBuffer>;
  width: number;
  height: number;
  count: number;
  /** Maps in a row, pixels of a map along a side, and from one map to the next. */
  columns: number;
  side: number;
  pitch: number;
}

/** Numbers without a place are shown as squares of so many pixels; from MANY on as one. */
const [SQUARE, MANY] = [4, 1024];

/** Lays maps out in rows, as near to a square as they go. */
export function tile({ values, side, count }: Maps): Tiles {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const shown = side > 1 ? side : count < MANY ? SQUARE : 1;
  const gap = shown === 1 ? 0 : Math.max(1, Math.round(shown / 8));
  const pitch = shown + gap;
  const [width, height] = [columns * pitch - gap, rows * pitch - gap];
  const tiles = new Float32Array(width * height).fill(Number.NaN);
  for (let map = 0; map < count; map++) {
    const [left, top] = [(map % columns) * pitch, Math.floor(map / columns) * pitch];
    for (let row = 0; row < shown; row++) {
      for (let column = 0; column < shown; column++) {
        const [y, x] = side > 1 ? [row, column] : [0, 0];
        tiles[(top + row) * width + left + column] = values[(y * side + x) * count + map] as number;
      }
    }
  }
  return { values: tiles, width, height, count, columns, side: shown, pitch };
}

/** The largest size of any of the numbers; 1 where all are 0. */
export const largest = (...lists: readonly Float32Array[]): number =>
  lists.reduce((most, list) => list.reduce((most, value) => Math.max(most, Math.abs(value)), most), 0) || 1;
