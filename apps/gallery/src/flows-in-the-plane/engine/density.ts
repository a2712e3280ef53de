import type { Flow } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs-core';
import { cellCentres, type PlaneWindow } from '../../plane/window';
import type { BackendName } from '../../worker/backends';

/** How finely the density is sampled, and how many rows at a time: between two bands the worker hears its messages. */
export interface Resolution {
  /** Cells along a side. */
  size: number;
  /** Rows evaluated in one go. */
  band: number;
}

/** How fine a picture each backend can afford, and how much of it between two looks at the messages. */
export const resolutions: Record<BackendName, Resolution> = {
  webgpu: { size: 128, band: 128 },
  wasm: { size: 96, band: 24 },
  cpu: { size: 64, band: 8 },
};

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
