import { randomNormal } from '@tenonjs/runtime';
import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { Beta } from '../families/beta';
import { Normal } from '../families/normal';
import { Uniform } from '../families/uniform';
import { diagnose } from './diagnostics';
import { type Conditional, discreteConditionals, gibbs } from './gibbs';
import { hmc } from './hmc';
import { metropolisHastings } from './metropolisHastings';

const read = async (tensor: tf.Tensor): Promise<number[]> => [...(await tensor.data())];
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describeOnEachBackend('Markov chains', (backend) => {
  const small = backend === 'webgpu'; // a software GPU takes its time

  test('one seed is one walk, thinning keeps every other state, and nothing is left behind', async () => {
    const target = new Normal({ mean: [1, -1] });
    const logProb = (x: tf.Tensor) => target.logProb(x);
    const initial = tf.zeros([3, 2]);
    const walk = async (thin: number, draws: number) => {
      const { draws: kept, ...rest } = await metropolisHastings(logProb, { initial, draws, warmup: 2, thin, seed: 4 });
      tf.dispose([rest.acceptance, rest.stepSize]);
      return kept;
    };
    const [all, again, thinned] = [await walk(1, 6), await walk(1, 6), await walk(2, 3)];
    expect(all.shape).toEqual([6, 3, 2]);
    expect(await read(again)).toEqual(await read(all));
    expect(await read(thinned)).toEqual(await read(tf.gather(all, tf.tensor1d([1, 3, 5], 'int32'))));
    expect(
      await leaked(async () => {
        const moved = await hmc(logProb, { initial, draws: 2, warmup: 4, leapfrogSteps: 2, adaptMass: true, seed: 1 });
        const swept = await gibbs([(x) => tf.clone(x)], { initial, draws: 2, seed: 1 });
        return [
          moved.draws,
          moved.acceptance,
          moved.stepSize,
          moved.divergences,
          moved.inverseMass,
          swept,
          await walk(1, 2),
        ];
      }),
    ).toBe(0);
    expect(initial.isDisposed).toBe(false);
    tf.dispose([initial, all, again, thinned]);
  });

  test('Hamiltonian chains on a law of uneven spread', async () => {
    const target = new Normal({ mean: [1, -2], std: [0.1, 10] });
    const [chains, draws, warmup] = small ? [40, 10, 40] : [100, 40, 150];
    const options = { initial: tf.zeros([chains, 2]), draws, warmup, leapfrogSteps: 3, adaptMass: true, seed: 3 };
    const result = await hmc((x) => target.logProb(x), options);
    const acceptance = mean(await read(result.acceptance));
    expect(acceptance).toBeGreaterThan(0.6);
    expect(acceptance).toBeLessThan(0.99);
    expect(mean(await read(result.divergences))).toBe(0);
    const [narrow, wide] = await read(result.inverseMass);
    expect((wide as number) / (narrow as number)).toBeGreaterThan(small ? 1e3 : 5e3);
    expect((wide as number) / (narrow as number)).toBeLessThan(small ? 1e5 : 2e4);
    if (small) return;
    const [first, second] = await diagnose(result.draws);
    expect(Math.abs((first?.mean as number) - 1)).toBeLessThan(0.01);
    expect(Math.abs((second?.mean as number) + 2)).toBeLessThan(1);
    expect((first?.std as number) / 0.1).toBeCloseTo(1, 1);
    expect((second?.std as number) / 10).toBeCloseTo(1, 1);
    expect(first?.rHat).toBeLessThan(1.05);
  });

  test('a discrete law: the shares of its states are those of its enumerated law', async () => {
    const energy = tf.tensor1d([0, 1, 0.5, 2, 0, -1, 0.3, 0.2, 1.5]); // of the 9 states of two sites of 3 values
    const logProb = (x: tf.Tensor) => {
      const index = tf.cast(tf.add(tf.mul(3, tf.slice(x, [0, 0], [-1, 1])), tf.slice(x, [0, 1], [-1, 1])), 'int32');
      return tf.gather(energy, tf.reshape(index, [-1]));
    };
    const [chains, draws] = small ? [500, 4] : [1000, 20];
    const options = { initial: tf.zeros([chains, 2]), draws, warmup: 5, seed: 2 };
    const states = await gibbs(discreteConditionals(logProb, { sites: 2, values: 3 }), options);
    const pairs = await read(tf.reshape(states, [-1]));
    const counts = new Array<number>(9).fill(0);
    for (let i = 0; i < pairs.length; i += 2) {
      const state = 3 * (pairs[i] as number) + (pairs[i + 1] as number);
      counts[state] = (counts[state] as number) + 1;
    }
    const law = await read(tf.softmax(energy));
    const total = chains * draws;
    counts.forEach((count, state) => {
      const p = law[state] as number;
      // Draws of one chain lean on each other: so far apart would a third of them be.
      expect(Math.abs(count / total - p)).toBeLessThan(5 * Math.sqrt((3 * p * (1 - p)) / total));
    });
  });
});

describe('Metropolis and Hastings', () => {
  test('the warm-up finds the step that is accepted as often as asked', async () => {
    const target = new Normal({ mean: 5, std: 20 });
    const options = { initial: tf.zeros([200]), draws: 100, warmup: 300, seed: 1, stepSize: 0.01 };
    const { draws, acceptance, stepSize } = await metropolisHastings((x) => target.logProb(x), options);
    expect(mean(await read(acceptance))).toBeCloseTo(0.44, 1);
    expect((await read(stepSize))[0]).toBeGreaterThan(20);
    const [told] = await diagnose(draws);
    expect(Math.abs((told?.mean as number) - 5)).toBeLessThan(1.5);
    expect(Math.abs((told?.std as number) / 20 - 1)).toBeLessThan(0.05);
  });

  test('a proposal that is not symmetric is corrected for', async () => {
    // Proposals x exp(s ε) on x > 0 have q(x | x′) / q(x′ | x) = x′ / x.
    const target = new Beta({ alpha: 2, beta: 3 });
    const proposal = (x: tf.Tensor, { seed }: { seed: number }) => {
      const value = tf.mul(x, tf.exp(randomNormal(x.shape, { seed })));
      return { value, logRatio: tf.sub(tf.log(value), tf.log(x)) };
    };
    const options = { initial: tf.fill([1000], 0.5), draws: 30, warmup: 30, seed: 1, proposal };
    const { draws } = await metropolisHastings((x) => target.logProb(x), options);
    const values = await read(draws);
    expect(values.every((x) => x > 0 && x < 1)).toBe(true);
    expect(mean(values)).toBeCloseTo(0.4, 2);
  });

  test('detailed balance on a discrete chain: its counted flows are its enumerated ones', async () => {
    // Four states on a ring, steps to either side: the flow between neighbours is min(pᵢ, pⱼ) / 2, both ways.
    const p = [0.1, 0.2, 0.3, 0.4];
    const logs = tf.log(tf.tensor1d(p));
    const logProb = (x: tf.Tensor) => tf.gather(logs, tf.cast(x, 'int32'));
    const proposal = (x: tf.Tensor, { seed }: { seed: number }) => {
      const side = tf.sub(tf.mul(2, tf.cast(tf.greater(randomNormal(x.shape, { seed }), 0), 'float32')), 1);
      return { value: tf.mod(tf.add(x, tf.add(side, 4)), 4) };
    };
    const chains = 20_000;
    const initial = tf.tensor1d(
      Array.from({ length: chains }, (_, i) => (i % 10 < 1 ? 0 : i % 10 < 3 ? 1 : i % 10 < 6 ? 2 : 3)),
    );
    const { draws } = await metropolisHastings(logProb, { initial, draws: 1, seed: 6, proposal });
    const [from, to] = [await read(initial), await read(draws)];
    for (let i = 0; i < 4; i++) {
      const j = (i + 1) % 4;
      const flow = Math.min(p[i] as number, p[j] as number) / 2;
      const count = (a: number, b: number) => from.filter((state, c) => state === a && to[c] === b).length;
      const error = 5 * Math.sqrt(flow / chains);
      expect(Math.abs(count(i, j) / chains - flow)).toBeLessThan(error);
      expect(Math.abs(count(j, i) / chains - flow)).toBeLessThan(error);
    }
  });
});

test('Gibbs from given conditionals has the correlation', async () => {
  const given =
    (column: number): Conditional =>
    (x, { seed }) => {
      const [a, b] = tf.unstack(x, 1) as [tf.Tensor, tf.Tensor];
      const noise = randomNormal(a.shape, { seed, std: Math.sqrt(0.19) });
      return tf.stack(column === 0 ? [tf.add(tf.mul(0.9, b), noise), b] : [a, tf.add(tf.mul(0.9, a), noise)], 1);
    };
  const draws = await gibbs([given(0), given(1)], { initial: tf.zeros([2000, 2]), draws: 5, warmup: 30, seed: 7 });
  const pairs = tf.reshape(draws, [-1, 2]) as tf.Tensor2D;
  const moments = await read(tf.div(tf.matMul(pairs, pairs, true), 10_000));
  [1, 0.9, 0.9, 1].forEach((expected, i) => {
    expect(Math.abs((moments[i] as number) - expected)).toBeLessThan(0.08);
  });
});

describe('what a sampler may not do', () => {
  test('without a warm-up nothing is adapted', async () => {
    const target = new Normal({ mean: [1, -1], std: [1, 9] });
    const result = await hmc((x) => target.logProb(x), {
      initial: tf.zeros([3, 2]),
      draws: 5,
      adaptMass: true,
      seed: 1,
    });
    expect(await read(result.inverseMass)).toEqual([1, 1]);
    expect((await read(result.stepSize))[0]).toBeCloseTo(0.1, 6);
  });

  test('what cannot be is never taken, from where nothing can be either', async () => {
    const unit = new Uniform({ shape: [1] });
    const inUnit = (x: tf.Tensor) => unit.logProb(x);
    const initial = tf.fill([50, 1], 1.2);
    const options = { initial, draws: 40, stepSize: 0.5, seed: 3 };
    for (const { draws } of [await metropolisHastings(inUnit, options), await hmc(inUnit, options)]) {
      const values = await read(draws);
      expect(values.every((x) => (x >= 0 && x <= 1) || x === Math.fround(1.2))).toBe(true);
      expect(values.slice(-50).filter((x) => x <= 1).length).toBeGreaterThan(25);
    }
  });
});

describe('what a sampler tells of itself', () => {
  test('the step of Metropolis and Hastings stays as the warm-up left it', async () => {
    const target = new Normal({ mean: [1, -1] });
    const stepAfter = async (warmup: number, draws: number) => {
      const options = { initial: tf.zeros([4, 2]), warmup, draws, stepSize: 0.7, seed: 5 };
      return (await read((await metropolisHastings((x) => target.logProb(x), options)).stepSize))[0];
    };
    expect(await stepAfter(6, 30)).toBe(await stepAfter(6, 1));
    expect(await stepAfter(6, 1)).not.toBe(await stepAfter(5, 1));
    expect(await stepAfter(0, 10)).toBeCloseTo(0.7, 6);
  });

  test('what is always taken has an acceptance of 1, thinned too, and none was lost', async () => {
    const flat = (x: tf.Tensor) => tf.sum(tf.mul(0, x), 1);
    const options = { initial: tf.zeros([3, 2]), draws: 4, warmup: 2, thin: 3, seed: 2 };
    expect(await read((await metropolisHastings(flat, options)).acceptance)).toEqual([1, 1, 1]);
    const { acceptance, divergences } = await hmc(flat, options);
    expect(await read(acceptance)).toEqual([1, 1, 1]);
    expect(await read(divergences)).toEqual([0, 0, 0]);
  });

  test('trajectories that fly off are counted, those of the warm-up not', async () => {
    // A step of 1 where 0.04 is steady: it loses some 10⁵ nats.
    const narrow = (x: tf.Tensor) => tf.sum(tf.mul(-500, tf.square(x)), 1);
    const options = { initial: tf.zeros([2, 2]), draws: 7, seed: 2, stepSize: 1, leapfrogSteps: 1, jitter: 0 };
    const { divergences, draws } = await hmc(narrow, options);
    expect(await read(divergences)).toEqual([7, 7]);
    expect((await read(draws)).every((value) => value === 0)).toBe(true);
    const tuned = await hmc(narrow, { ...options, warmup: 60 });
    expect(mean(await read(tuned.divergences))).toBe(0);
  });
});

describe('a walk that is watched', () => {
  const logProb = (x: tf.Tensor) => tf.mul(-0.5, tf.square(x));
  const initial = tf.zeros([1]);

  test('can be ended, and leaves nothing', async () => {
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const seen: number[] = [];
    const walk = gibbs([(x) => tf.clone(x)], {
      initial,
      draws: 10_000_000,
      seed: 1,
      signal: controller.signal,
      onProgress: ({ step }) => {
        seen.push(step);
        controller.abort(new Error('enough'));
      },
    });
    await expect(walk).rejects.toThrow('enough');
    expect(seen[0]).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['gibbs: conditionals must be at least one, got none', () => gibbs([], { initial, draws: 1, seed: 1 })],
    [
      'gibbs: conditionals must return [1], got [2]; the whole state',
      () => gibbs([() => tf.zeros([2])], { initial, draws: 1, seed: 1 }),
    ],
    ['hmc: draws must be a positive integer, got 0', () => hmc(logProb, { initial, draws: 0, seed: 1 })],
    [
      'hmc: leapfrogSteps must be a positive integer, got 0',
      () => hmc(logProb, { initial, draws: 1, seed: 1, leapfrogSteps: 0 }),
    ],
    ['hmc: jitter must be in [0, 1), got 1', () => hmc(logProb, { initial, draws: 1, seed: 1, jitter: 1 })],
    [
      'metropolisHastings: stepSize must be positive, got 0',
      () => metropolisHastings(logProb, { initial, draws: 1, seed: 1, stepSize: 0 }),
    ],
    [
      'metropolisHastings: warmup must be a non-negative integer, got -1',
      () => metropolisHastings(logProb, { initial, draws: 1, seed: 1, warmup: -1 }),
    ],
    [
      'metropolisHastings: initial must be [chains, ...E], at least one, got []',
      () => metropolisHastings(logProb, { initial: tf.scalar(0), draws: 1, seed: 1 }),
    ],
    [
      'gibbs: initial must be [chains, ...E], at least one, got [0,2]',
      () => gibbs([(x) => tf.clone(x)], { initial: tf.zeros([0, 2]), draws: 1, seed: 1 }),
    ],
    [
      'hmc: logProb must give [1], a number for each point, got []',
      () => hmc((x) => tf.sum(x), { initial, draws: 1, seed: 1 }),
    ],
    [
      'metropolisHastings: logProb must give [3], a number for each point, got [3,1]',
      () => metropolisHastings((x) => tf.sum(x, 1, true), { initial: tf.zeros([3, 2]), draws: 1, seed: 1 }),
    ],
    [
      'discreteConditionals: logProb must give [6], a number for each point, got []',
      () =>
        gibbs(discreteConditionals(tf.sum, { sites: 2, values: 2 }), { initial: tf.zeros([3, 2]), draws: 1, seed: 1 }),
    ],
    [
      'discreteConditionals: states must be [chains, 3], a number for each site, got [3,2]',
      () =>
        gibbs(discreteConditionals(tf.sum, { sites: 3, values: 2 }), { initial: tf.zeros([3, 2]), draws: 1, seed: 1 }),
    ],
    [
      'seed must be an integer in [0, 2^53), got -1',
      () => gibbs([(x) => tf.clone(x)], { initial, draws: 1, seed: -1 }),
    ],
  ])('%s', async (message, call) => {
    await expect(call()).rejects.toThrow(message);
  });
});
