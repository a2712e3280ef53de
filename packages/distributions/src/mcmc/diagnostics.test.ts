import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/markovChains.json';
import { diagnose, effectiveSampleSize, rHat } from './diagnostics';

describe.each(oracle.map((entry, i) => [i, entry] as const))('chains %i', (_, entry) => {
  const close = (value: number, expected: number) => expect(Math.abs(value / expected - 1)).toBeLessThan(1e-6);

  test('effective sample sizes are those of the published formulas', () => {
    close(effectiveSampleSize(entry.chains, { kind: 'mean' }), entry.mean);
    close(effectiveSampleSize(entry.chains), entry.bulk);
    close(effectiveSampleSize(entry.chains, { kind: 'tail' }), entry.tail);
  });

  test('so is R̂, plain and rank-normalised', () => {
    close(rHat(entry.chains, { rankNormalized: false }), entry.plain);
    close(rHat(entry.chains), entry.ranked);
  });
});

test('a tensor of draws is told element by element', async () => {
  const { chains } = oracle[1] as (typeof oracle)[number];
  const draws = tf.transpose(tf.stack([tf.tensor2d(chains), tf.mul(-2, tf.tensor2d(chains))]), [2, 1, 0]);
  const [first, second] = await diagnose(draws);
  expect(first?.rHat).toBeCloseTo(oracle[1]?.ranked as number, 4);
  expect(second?.bulk).toBeCloseTo(oracle[1]?.bulk as number, 2);
  expect(second?.mean).toBeCloseTo(-2 * (first?.mean as number), 5);
  expect(second?.std).toBeCloseTo(2 * (first?.std as number), 5);
});

test('bad input', async () => {
  expect(() => rHat([[1, 2, 3]])).toThrow('rHat: chains must be of one length of 4 or more, got 3');
  expect(() =>
    effectiveSampleSize([
      [1, 2, 3, 4],
      [1, 2, 3],
    ]),
  ).toThrow('effectiveSampleSize: chains must be of one length of 4 or more, got 4,3');
  await expect(diagnose(tf.zeros([5]))).rejects.toThrow('diagnose: draws must be [draws, chains, ...E], got [5]');
});
