import { type Chain, type Flow, realNvp } from '@tenonjs/flows';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * The flow of this page, untrained: a multi-scale RealNVP of small networks that look at squares of pixels.
 *
 * @param startFrom - some images, [n, 28, 28, 1], from which it takes the mean and deviation of every pixel.
 */
export const faceFlow = (seed: number, startFrom?: tf.Tensor): Flow<Chain> =>
  realNvp({ shape: [28, 28, 1], layers: 12, hidden: [48, 48], alpha: 1e-3, seed, ...(startFrom && { startFrom }) });
