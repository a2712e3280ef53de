import { Normal } from '@tenonjs/distributions';
import { Flow, Scaling } from '@tenonjs/flows';
import { initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { inBitsPerDim, negativeLogLikelihood } from './score.ts';

test('the mean over all points, in pieces as at once, with its standard error', async () => {
  await initDevice({ prefer: ['cpu'] });
  const flow = new Flow({ bijector: new Scaling({ shape: [1] }), base: new Normal({ shape: [1] }) });
  const x = tf.tensor2d([0, 1, 2, 3, -1], [5, 1]);
  // −log p(x) = x²/2 + ½ log 2π, and the squares are 0, 1, 4, 9, 1.
  const mean = 1.5 + 0.5 * Math.log(2 * Math.PI);
  const variance = ([0, 1, 4, 9, 1].map((square) => (square / 2 - 1.5) ** 2).reduce((a, b) => a + b) / 4) * (1 / 5);
  for (const batchSize of [2, 100]) {
    const score = await negativeLogLikelihood(flow, x, { seed: 1, batchSize });
    expect(score.mean).toBeCloseTo(mean, 5);
    expect(score.standardError).toBeCloseTo(Math.sqrt(variance), 5);
  }
  expect(inBitsPerDim({ mean: 16 * Math.LN2, standardError: 0 }, 4)).toEqual({ mean: 4, standardError: 0 });
});
