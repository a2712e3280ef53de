import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { periodic } from './periodic';

test.each([Math.PI, 2])('a network of angles sees cosines, then sines, of circles that end at %d', async (bound) => {
  const seen: (tf.Tensor | undefined)[] = [];
  const network = {
    variables: {},
    apply(features: tf.Tensor2D, context?: tf.Tensor) {
      seen.push(context);
      return features;
    },
  };
  const angles = [-0.9, 0.3, 1.7, 0.1];
  const context = tf.zeros([2, 1]);
  const made = periodic(network, bound === Math.PI ? {} : { bound }).apply(tf.tensor2d(angles, [2, 2]), context);
  const [a, b, c, d] = angles.map((angle) => (Math.PI * angle) / bound) as [number, number, number, number];
  const expected = [
    [Math.cos(a), Math.cos(b), Math.sin(a), Math.sin(b)],
    [Math.cos(c), Math.cos(d), Math.sin(c), Math.sin(d)],
  ];
  expect(await distance(made, tf.tensor2d(expected))).toBeLessThan(1e-6);
  expect(seen).toEqual([context]);
});
