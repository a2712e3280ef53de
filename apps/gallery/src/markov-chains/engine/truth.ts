import * as tf from '@tensorflow/tfjs-core';
import { cellCentres } from '../../plane/window';
import type { Ground } from './advance';

/** The mass in each cell of the picture's raster, the top row first, [size, size]; it sums to 1. */
export async function truthOn({ logProb, half }: Ground, size: number): Promise<Float32Array<ArrayBuffer>> {
  const masses = tf.tidy(() => {
    const centres = tf.tensor2d(cellCentres({ x: 0, y: 0, half }, size), [size * size, 2]);
    return tf.softmax(logProb(centres) as tf.Tensor1D);
  });
  const numbers = Float32Array.from(await masses.data());
  masses.dispose();
  return numbers;
}

/** Sums over runs of cells: [size, size] → [size / by, size / by]. */
export function coarser(cells: Float32Array, size: number, by: number): Float32Array<ArrayBuffer> {
  const small = size / by;
  const sums = new Float32Array(small * small);
  cells.forEach((mass, i) => {
    const [row, column] = [Math.floor(i / size / by), Math.floor((i % size) / by)];
    sums[row * small + column] = (sums[row * small + column] as number) + mass;
  });
  return sums;
}

/** The masses of columns (axis 0, from left to right) or rows (axis 1, from the bottom up): [size, size] → [size]. */
export function marginal(cells: Float32Array, size: number, axis: 0 | 1): Float32Array<ArrayBuffer> {
  const sums = new Float32Array(size);
  cells.forEach((mass, i) => {
    const at = axis === 0 ? i % size : size - 1 - Math.floor(i / size);
    sums[at] = (sums[at] as number) + mass;
  });
  return sums;
}
