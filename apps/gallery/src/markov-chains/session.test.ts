import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test, vi } from 'vitest';
import { openSession } from './session';
import { defaults, rules, type Settings, writing } from './settings';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 60_000, interval: 5 });

/** Where the chains are after each of a few steps. */
async function walk(settings: Partial<Settings>, manner: 'step' | 'run'): Promise<number[][]> {
  const states: number[][] = [];
  const ends: unknown[] = [];
  const session = await openSession(
    { ...defaults, leapfrog: 2, pace: 'hurry', ...settings },
    {
      onStep: (step) => states.push([...step.states]),
      onEnd: (error) => ends.push(error),
    },
  );
  if (manner === 'run') session.run();
  for (let step = 1; step <= 4; step++) {
    if (manner === 'step') session.step();
    await until(() => states.length >= step);
  }
  await session.close();
  expect(ends).toEqual([]);
  expect(session.record.steps).toBeGreaterThanOrEqual(4);
  return states.slice(0, 4);
}

test.each(rules.sampler)('the same settings give the same walk, however it is held: %s', async (sampler) => {
  const states = await walk({ sampler }, 'step');
  expect(new Set(states.map(String)).size).toBeGreaterThan(1);
  expect(await walk({ sampler }, 'run')).toEqual(states);
  expect(await walk({ sampler, seed: 2 }, 'step')).not.toEqual(states);
});

test('a walk leaves no tensor behind, and takes no step by itself', async () => {
  const before = tf.memory().numTensors;
  const session = await openSession(defaults, { onStep: () => expect.fail(), onEnd: () => expect.fail() });
  expect(session.start).toHaveLength(2 * defaults.chains);
  await session.close();
  await walk({}, 'run');
  expect(tf.memory().numTensors).toBe(before);
});

test('settings come back from the address; those that cannot be had are refused', () => {
  const settings: Settings = {
    ...defaults,
    target: 'funnel',
    sampler: 'gibbs',
    stepSize: 0.015,
    chains: 64,
    backend: 'wasm',
  };
  expect(writing.fromQuery(writing.toQuery(settings))).toEqual({ settings, refused: [] });
  for (const query of ['target=hole', 'stepSize=0.33', 'chains=3', 'leapfrog=0', 'pace=run']) {
    expect(writing.fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
  }
});
