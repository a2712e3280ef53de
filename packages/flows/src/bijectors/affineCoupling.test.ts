import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { LOG_SCALE_BOUND } from '../maps/affine';
import { halfMask } from '../masks/halfMask';
import { AffineCoupling } from './affineCoupling';

/** A coupling of two numbers whose raw log-scale and shift are given. */
const couplingOf = (raw: number, shift: number) =>
  new AffineCoupling({
    mask: halfMask({ dim: 2 }),
    conditioner: {
      variables: {},
      apply: (kept) => tf.tile(tf.tensor2d([[raw, shift]]), [kept.shape[0], 1]) as tf.Tensor2D,
    },
  });

test('is its formula: x₂ = z₂ exp(2 tanh(raw / 2)) + t', async () => {
  const { value, logDet } = couplingOf(0.8, -1.5).forward(tf.tensor2d([[3, 2]]));
  const s = 2 * Math.tanh(0.4);
  expect([...(await value.data())]).toEqual([3, expect.closeTo(2 * Math.exp(s) - 1.5, 5)]);
  expect((await logDet.data())[0]).toBeCloseTo(s, 6);
});

test('stretches by no more than its bound, however large the raw log-scale', async () => {
  for (const raw of [1e6, -1e6]) {
    const { value, logDet } = couplingOf(raw, 0).forward(tf.tensor2d([[0, 1]]));
    const s = Math.sign(raw) * LOG_SCALE_BOUND;
    expect((await logDet.data())[0]).toBeCloseTo(s, 6);
    expect((await value.data())[1]).toBeCloseTo(Math.exp(s), 4);
  }
});
