import { encode } from 'fast-png';
import type { DensityGrid } from '../planes.ts';
import { colourOf } from './colours.ts';

/** A PNG as the text of a URL, so that the page needs no other file. */
const dataUrl = (png: Uint8Array): string => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

/** A density as a heat map, for light or dark paper: the square root of its share of the highest one. */
export function heatMap({ side, values }: DensityGrid, scheme: 'light' | 'dark'): string {
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  const data = new Uint8Array(side * side * 3);
  values.forEach((value, i) => {
    data.set(colourOf(Math.sqrt(value / highest), scheme), 3 * i);
  });
  return dataUrl(encode({ width: side, height: side, data, channels: 3, depth: 8 }));
}

/** Grey images, side by side in rows. */
export interface Sheet {
  /** Levels 0 … 255 of n images, one after the other. */
  pixels: ArrayLike<number>;
  height: number;
  width: number;
  columns: number;
}

const GAP = 2;

/** All images of a sheet in one picture: what is ink is bright. */
export function contactSheet({ pixels, height, width, columns }: Sheet): {
  url: string;
  width: number;
  height: number;
} {
  const n = pixels.length / (height * width);
  const sheetWidth = columns * (width + GAP) + GAP;
  const sheetHeight = Math.ceil(n / columns) * (height + GAP) + GAP;
  const data = new Uint8Array(sheetWidth * sheetHeight);
  for (let image = 0; image < n; image++) {
    const left = GAP + (image % columns) * (width + GAP);
    const top = GAP + Math.floor(image / columns) * (height + GAP);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        data[(top + row) * sheetWidth + left + column] = pixels[(image * height + row) * width + column] as number;
      }
    }
  }
  const png = encode({ width: sheetWidth, height: sheetHeight, data, channels: 1, depth: 8 });
  return { url: dataUrl(png), width: sheetWidth, height: sheetHeight };
}
