import type { Flow } from '@tenonjs/flows';
import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';

/** A mean over points, and how far off it may be for their small number. */
export interface Score {
  mean: number;
  standardError: number;
}

/**
 * The mean negative log-likelihood of points, in nats: in pieces, so that memory does not grow with their number.
 *
 * @param x - shape [n, ...event].
 * @param options.seed - of the dequantization's noise, where there is one.
 */
export async function negativeLogLikelihood(
  flow: Flow,
  x: tf.Tensor,
  { seed, batchSize = 1000 }: { seed: number; batchSize?: number },
): Promise<Score> {
  const n = x.shape[0] as number;
  const values = new Float64Array(n);
  for (let begin = 0; begin < n; begin += batchSize) {
    const piece = tf.tidy(() => {
      const rows = tf.slice(x, begin, Math.min(batchSize, n - begin));
      return tf.neg(flow.logProb(rows, { seed: deriveSeed(seed, begin) }));
    });
    values.set(await piece.data(), begin);
    piece.dispose();
  }
  return scoreOf(values);
}

function scoreOf(values: Float64Array): Score {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / Math.max(1, n - 1) / n) };
}

/** Nats for an image as bits for each of its numbers. */
export const inBitsPerDim = ({ mean, standardError }: Score, dims: number): Score => ({
  mean: mean / (dims * Math.LN2),
  standardError: standardError / (dims * Math.LN2),
});
