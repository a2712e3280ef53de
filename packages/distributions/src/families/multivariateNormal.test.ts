import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { MultivariateNormal } from './multivariateNormal';
import { Normal } from './normal';

test('draws have the covariance', async () => {
  const covariance = [
    [2, 0.8, -0.5],
    [0.8, 1, 0.3],
    [-0.5, 0.3, 4],
  ];
  const draws = new MultivariateNormal({ mean: [5, 0, -5], covariance }).sample(20_000, { seed: 1 }) as tf.Tensor2D;
  const centred = tf.sub(draws, tf.mean(draws, 0)) as tf.Tensor2D;
  const estimate = tf.div(tf.matMul(centred, centred, true), 20_000);
  expect(await distance(estimate, tf.tensor2d(covariance))).toBeLessThan(0.1);
});

test('a diagonal is one of variances: three ways to the same density', async () => {
  const x = tf.tensor2d([
    [1, 2],
    [-3, 0.5],
  ]);
  const mean = [0.5, 1];
  const logProbs = [
    new MultivariateNormal({ mean, diagonal: [4, 0.25] }),
    new MultivariateNormal({
      mean,
      covariance: [
        [4, 0],
        [0, 0.25],
      ],
    }),
    new MultivariateNormal({
      mean,
      scaleTril: [
        [2, 0],
        [0, 0.5],
      ],
    }),
    new Normal({ mean, std: [2, 0.5] }),
  ].map((distribution) => distribution.logProb(x));
  for (const logProb of logProbs) expect(await distance(logProb, logProbs[3] as tf.Tensor)).toBeLessThan(1e-5);
});
