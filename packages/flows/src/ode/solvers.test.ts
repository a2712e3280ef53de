import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { dormandPrince } from './dormandPrince';
import { rungeKutta } from './rungeKutta';
import type { Field, Solver } from './solver';

/** dy/dt = λ y + t with a λ for each point: slow, quick enough for a first step of a tenth to be too long, growing. */
const rates = [-0.5, -30, 1.5];
const field: Field = (y, t) => tf.add(tf.mul(tf.tensor2d(rates, [3, 1]), y), t) as tf.Tensor2D;

const START = 0.8;
/** y(t) = (y₀ + 1/λ²) e^{λ t} − t/λ − 1/λ² */
const solution = (rate: number, t: number) => (START + 1 / rate ** 2) * Math.exp(rate * t) - t / rate - 1 / rate ** 2;
/** ∫₀¹ y dt */
const integral = (rate: number) =>
  ((START + 1 / rate ** 2) * (Math.exp(rate) - 1)) / rate - 1 / (2 * rate) - 1 / rate ** 2;

const solvers: Record<string, Solver> = {
  rungeKutta: rungeKutta(60),
  dormandPrince: dormandPrince({ attempts: 36, tolerance: 1e-5 }),
};

const column = (value: (rate: number) => number) => tf.tensor2d(rates.map(value), [3, 1]);

const expectNear = async (found: tf.Tensor, expected: (rate: number) => number, error: number) => {
  const numbers = [...(await found.data())];
  for (const [i, rate] of rates.entries())
    expect(Math.abs((numbers[i] as number) - expected(rate))).toBeLessThan(error);
};

describeOnEachBackend('solvers of differential equations', () => {
  test.each(Object.entries(solvers))('%s finds the end and what is summed up on the way', async (_, solve) => {
    const { end, integrals } = solve(
      field,
      column(() => START),
      1,
      (y, t, weight) => [tf.mul(weight, y), tf.mul(weight, t)],
    );
    await expectNear(end, (rate) => solution(rate, 1), 2e-4);
    const [ofState, ofTime] = integrals as [tf.Tensor, tf.Tensor];
    await expectNear(ofState, integral, 1e-3);
    await expectNear(ofTime, () => 1 / 2, 1e-5);
  });

  test.each(Object.entries(solvers))('%s goes back from the end to the start', async (_, solve) => {
    const end = column((rate) => solution(rate, 1));
    // Backwards the quick one grows beyond all bounds: it is held still.
    const held: Field = (y, t) => tf.mul(tf.tensor2d([[1], [0], [1]]), field(y, t)) as tf.Tensor2D;
    const { end: start, integrals } = solve(held, end, -1, (y, _t, weight) => [tf.mul(weight, y)]);
    await expectNear(start, (rate) => (rate === -30 ? solution(rate, 1) : START), 2e-4);
    await expectNear(integrals[0] as tf.Tensor, (rate) => (rate === -30 ? -solution(rate, 1) : -integral(rate)), 1e-3);
  });

  test('nothing is summed up where nothing is asked for', () => {
    for (const solve of Object.values(solvers))
      expect(
        solve(
          field,
          column(() => START),
          1,
        ).integrals,
      ).toEqual([]);
  });
});
