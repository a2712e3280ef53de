import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { groundOf, startOf } from '../session';
import { defaults, type SamplerName } from '../settings';
import { targetNames } from '../targets';
import { advance, tunedStep } from './advance';
import { autocorrelationOf, diagnosisOf, Record, totalVariation } from './record';
import { coarser, marginal, truthOn } from './truth';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const chains = 3;
const [start, ground] = [() => startOf({ target: 'banana', chains, seed: 1 }), groundOf('banana')];
/** [places, chains, 2] as pairs. */
const pairs = (path: ArrayLike<number>) =>
  Array.from({ length: path.length / 2 }, (_, i) => [path[2 * i], path[2 * i + 1]] as [number, number]);

describe('a step', () => {
  test('of Metropolis and Hastings goes to what it proposed, or stays', async () => {
    const from = start();
    for (let seed = 0; seed < 5; seed++) {
      const { state, path, accepted } = await advance(
        { ...defaults, sampler: 'metropolis', stepSize: 1 },
        ground,
        from,
        seed,
      );
      const [places, now] = [pairs(path), pairs(await state.data())];
      expect(places).toHaveLength(2 * chains);
      expect(places.slice(0, chains)).toEqual(pairs(await from.data()));
      now.forEach((place, i) => {
        expect(place).toEqual(accepted[i] === 1 ? places[chains + i] : places[i]);
      });
      state.dispose();
    }
    from.dispose();
  });

  test('of HMC ends its trajectory of small steps, or stays', async () => {
    const from = start();
    const { state, path, accepted, evaluations } = await advance(
      { sampler: 'hmc', stepSize: 0.1, leapfrog: 7 },
      ground,
      from,
      3,
    );
    const [places, now] = [pairs(path), pairs(await state.data())];
    expect([places.length, evaluations]).toEqual([8 * chains, 7]);
    now.forEach((place, i) => {
      expect(place).toEqual(accepted[i] === 1 ? places[7 * chains + i] : places[i]);
    });
    expect(Math.max(...accepted)).toBe(1);
    tf.dispose([from, state]);
  });

  test('of Gibbs goes along one axis, then along the other', async () => {
    const from = start();
    const { state, path } = await advance({ ...defaults, sampler: 'gibbs' }, ground, from, 3);
    const [a, b, c] = [0, 1, 2].map((k) => pairs(path).slice(k * chains, (k + 1) * chains)) as [number, number][][];
    for (let i = 0; i < chains; i++) {
      expect(b?.[i]?.[1]).toBe(a?.[i]?.[1]);
      expect(b?.[i]?.[0]).not.toBe(a?.[i]?.[0]);
      expect(c?.[i]?.[0]).toBe(b?.[i]?.[0]);
      expect(c?.[i]?.[1]).not.toBe(b?.[i]?.[1]);
    }
    expect(pairs(await state.data())).toEqual(c);
    tf.dispose([from, state]);
  });

  test('leaves no tensor behind', async () => {
    const from = start();
    const before = tf.memory().numTensors;
    for (const sampler of ['metropolis', 'gibbs', 'hmc'] as const) {
      (await advance({ ...defaults, sampler }, ground, from, 3)).state.dispose();
      if (sampler !== 'gibbs') await tunedStep({ ...defaults, sampler, leapfrog: 3 }, ground, from, 1);
      expect(tf.memory().numTensors).toBe(before);
    }
    from.dispose();
  });
});

test.each<[SamplerName, number]>([
  ['metropolis', 2],
  ['gibbs', 1],
  ['hmc', 0.3],
])('%s leads to the density', async (sampler, stepSize) => {
  const target = 'ring';
  const { half } = groundOf(target);
  const record = new Record(100);
  let at = startOf({ target, chains: 100, seed: 1 });
  for (let step = 0; step < 40; step++) {
    const { state } = await advance({ sampler, stepSize, leapfrog: 6 }, groundOf(target), at, step);
    at.dispose();
    at = state;
    record.add(await at.data());
  }
  at.dispose();
  const truth = coarser(await truthOn(groundOf(target), 64), 64, 8);
  const counts = record.histogram(half, 8);
  expect(totalVariation(counts, truth)).toBeLessThan(0.1);
});

test.each(targetNames)('the whole of %s is in its picture', async (target) => {
  const masses = await truthOn(groundOf(target), 64);
  expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 4);
  const border = Array.from(masses).filter((_, i) => i < 64 || i >= 64 * 63 || i % 64 === 0 || i % 64 === 63);
  expect(border.reduce((sum, mass) => sum + mass, 0)).toBeLessThan(0.01);
});

test('a step is found at which proposals are taken as often as they should be', async () => {
  const initial = startOf({ target: 'ridge', chains: 32, seed: 1 });
  const settings = { sampler: 'metropolis', stepSize: 4, leapfrog: 1 } as const;
  const stepSize = await tunedStep(settings, groundOf('ridge'), initial, 1);
  let [at, taken] = [tf.clone(initial), 0];
  for (let step = 0; step < 60; step++) {
    const { state, accepted } = await advance({ ...settings, stepSize }, groundOf('ridge'), at, step);
    at.dispose();
    at = state;
    if (step >= 20) taken += accepted.reduce((sum, one) => sum + one, 0) / 32 / 40;
  }
  expect(taken).toBeGreaterThan(0.15);
  expect(taken).toBeLessThan(0.33);
  tf.dispose([at, initial]);
});

describe('the record', () => {
  const record = new Record(2);
  for (let t = 0; t < 20; t++) record.add([t, -0.5 - 0.01 * (t % 2), -t, 0.5 + 0.01 * (t % 2)]);

  test('leaves the first fifth out', () => {
    expect(record.steps).toBe(20);
    expect(record.series(0).map((chain) => [chain[0], chain.length])).toEqual([
      [4, 16],
      [-4, 16],
    ]);
  });

  test('counts states in cells, the top row first', () => {
    // Cells of 10 × 1 … of [−20, 20]²: two columns are left of the middle.
    const counts = record.histogram(20, 4);
    expect(Array.from(counts)).toEqual(
      [0, 0, 0, 0, 10, 6, 0, 0, 0, 0, 6, 10, 0, 0, 0, 0].map((n, i) => (i === 4 ? 9 : i === 5 ? 7 : n)),
    );
  });

  test('has sums of cells, by columns from the left and by rows from below', () => {
    const cells = Float32Array.from([1, 2, 3, 4]);
    expect([...marginal(cells, 2, 0)]).toEqual([4, 6]);
    expect([...marginal(cells, 2, 1)]).toEqual([7, 3]);
    expect([
      ...coarser(
        Float32Array.from({ length: 16 }, (_, i) => i),
        4,
        2,
      ),
    ]).toEqual([10, 18, 42, 50]);
  });

  test('knows chains that are apart', () => {
    expect(diagnosisOf(record).rHat).toBeGreaterThan(1.5);
    expect(diagnosisOf(new Record(2)).size).toBeUndefined();
  });
});

test('autocorrelation is 1 at no lag, and has the sign of an alternating chain', () => {
  const rho = autocorrelationOf([Float64Array.from({ length: 100 }, (_, t) => (t % 2 === 0 ? 1 : -1))]);
  expect(rho[0]).toBe(1);
  expect(rho[1]).toBeCloseTo(-0.99, 6);
  expect(rho[2]).toBeCloseTo(0.98, 6);
});

test('total variation is 0 of equal shares, and 1 of shares that never meet', () => {
  expect(totalVariation([1, 3], [10, 30])).toBe(0);
  expect(totalVariation([1, 0], [0, 5])).toBe(1);
  expect(totalVariation([1, 1], [1, 0])).toBe(0.5);
});
