import type { Flow } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs-core';
import type { PlaneWindow } from './window';

/** How finely the density is sampled, and how many rows at a time: between two bands the worker hears its messages. */
export interface Resolution {
  /** Cells along a side. */
  size: number;
  /** Rows evaluated in one go. */
  band: number;
}

/**
 * The density of a flow at the centres of a square raster's cells, the top row first, as a picture is stored.
 *
 * @param breathe - awaited between bands.
 * @returns p(x), shape [size, size].
 */
export async function densityOn(
  flow: Flow,
  window: PlaneWindow,
  { size, band }: Resolution,
  breathe: () => Promise<void>,
): Promise<Float32Array<ArrayBuffer>> {
  const density = new Float32Array(size * size);
  for (let row = 0; row < size; row += band) {
    const centres = cellCentres(window, size, row, Math.min(size, row + band));
    const values = tf.tidy(() => tf.exp(flow.logProb(tf.tensor2d(centres, [centres.length / 2, 2]))));
    density.set(await values.data<'float32'>(), row * size);
    values.dispose();
    await breathe();
  }
  return density;
}

/** Centres of the cells of the rows from `first` up to `end`, x and y in turn. */
function cellCentres({ x, y, half }: PlaneWindow, size: number, first: number, end: number): Float32Array {
  const centres = new Float32Array((end - first) * size * 2);
  const cell = (2 * half) / size;
  let at = 0;
  for (let row = first; row < end; row++) {
    for (let column = 0; column < size; column++) {
      centres[at++] = x - half + (column + 0.5) * cell;
      centres[at++] = y + half - (row + 0.5) * cell;
    }
  }
  return centres;
}
