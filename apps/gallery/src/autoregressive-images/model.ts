import { type PixelCnn, pixelCnn } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs-core';
import { type Half, LEVELS } from './halves.ts';

/** The model that draws from one side, untrained. */
export const digitModel = (from: Half, seed: number): PixelCnn =>
  pixelCnn({
    shape: [28, 28, 1],
    levels: LEVELS,
    filters: 24,
    layers: 1,
    kernelSize: 3,
    firstKernelSize: 9,
    hidden: 32,
    places: true,
    from,
    seed,
  });

/** Bytes 0 … 255 as the levels that the models know. */
export const inLevels = (bytes: tf.Tensor): tf.Tensor => tf.floor(tf.div(bytes, 256 / LEVELS));
