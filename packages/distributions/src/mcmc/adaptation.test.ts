import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { startStepSize, updateStepSize } from './dualAveraging';
import { addToSpread, spreadVariance, startSpread } from './spread';

test('dual averaging takes the steps of its algorithm', async () => {
  const [target, anchor] = [0.8, Math.log(0.3) + Math.log(10)];
  let state = startStepSize(tf.scalar(Math.log(0.3)));
  let [lack, mean] = [0, Math.log(0.3)];
  for (const [i, acceptance] of [0.2, 1, 0.6, 0.95, 0.1].entries()) {
    const t = i + 1;
    state = updateStepSize(state, tf.scalar(acceptance), target);
    lack = (1 - 1 / (t + 10)) * lack + (target - acceptance) / (t + 10);
    const step = anchor - (Math.sqrt(t) / 0.05) * lack;
    const weight = t ** -0.75;
    mean = weight * step + (1 - weight) * mean;
    expect((await state.logStep.data())[0]).toBeCloseTo(step, 4);
    expect((await state.logStepMean.data())[0]).toBeCloseTo(mean, 4);
  }
});

test('a running variance is that of all states at once, drawn a little towards a small one', async () => {
  const batches = [
    [
      [1, 10],
      [2, -10],
      [4, 0],
    ],
    [
      [-3, 1],
      [0, 2],
      [7, 30],
    ],
    [
      [5, 5],
      [5, 5],
      [5, -25],
    ],
  ];
  let spread = startSpread([2]);
  for (const batch of batches) spread = addToSpread(spread, tf.tensor2d(batch));
  const all = batches.flat();
  const found = await spreadVariance(spread).data();
  for (const e of [0, 1]) {
    const values = all.map((row) => row[e] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / 9;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect((found[e] as number) / ((squares + 5 * 1e-3) / (9 + 5))).toBeCloseTo(1, 5);
  }
});
