import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { gridNumbers } from './engine/latentGrid';
import { type FlowName, flowNames } from './flows';
import { openSession, type Picture, type Session } from './session';
import { defaults, type Settings } from './settings';

const small: Settings = { ...defaults, target: 'gaussian', depth: 4, width: 8, batchSize: 64, learningRate: 0.01 };
const resolution = { size: 16, band: 8 };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A session, and all that it says. */
async function listen(settings: Partial<Settings> = {}) {
  const heard = { losses: [] as number[], pictures: [] as Picture[], errors: [] as unknown[] };
  const session = await openSession({ ...small, ...settings }, resolution, {
    onStep: (_, loss) => heard.losses.push(loss),
    onPicture: (picture) => heard.pictures.push(picture),
    onError: (error) => heard.errors.push(error),
  });
  return { session, ...heard };
}

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 60_000, interval: 5 });
const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

/** The losses of the first steps, taken one by one. */
async function firstLosses(settings: Partial<Settings>, count = 5): Promise<number[]> {
  const { session, losses } = await listen(settings);
  for (let step = 1; step <= count; step++) {
    session.step();
    await until(() => losses.length === step);
  }
  await session.close();
  return losses;
}

describe('a session', () => {
  test('shows the untrained flow and takes no step by itself', async () => {
    const { session, losses, pictures, errors } = await listen();
    await until(() => pictures.length === 1);
    await quiet();
    expect([losses, errors, pictures.length]).toEqual([[], [], 1]);
    expect(session.scene.floor).toBeCloseTo(2.1447, 4);

    const [{ step, density, size, places }] = pictures as [Picture];
    expect([step, size, density.length]).toEqual([0, 16, 256]);
    // An untrained flow is the identity: every layer leaves every point where it is.
    const stride = places.length / 5;
    expect(stride).toBeGreaterThan(gridNumbers);
    expect([...places.subarray(4 * stride)]).toEqual([...places.subarray(0, stride)]);
    await session.close();
  });

  test('steps once when asked to, and pauses', async () => {
    const { session, losses, pictures } = await listen();
    session.step();
    await until(() => losses.length === 1 && pictures.at(-1)?.step === 1);
    await quiet();
    expect(losses.length).toBe(1);
    await session.close();
  });

  test('runs until it is paused, shows where it stopped, and goes on', async () => {
    const { session, losses, pictures } = await listen();
    session.run();
    await until(() => losses.length > 5);
    session.pause();
    await quiet();
    await until(() => pictures.at(-1)?.step === losses.length);
    const taken = losses.length;
    await quiet();
    expect([losses.length, pictures.at(-1)?.step]).toEqual([taken, taken]);
    session.run();
    await until(() => losses.length > taken);
    await session.close();
  });

  /** Layers that push instead of networks that read learn more slowly; those with costly steps are given few. */
  const lengths: Partial<Record<FlowName, { depth: number; steps: number }>> = {
    residual: { depth: 1, steps: 60 },
    continuous: { depth: 1, steps: 40 },
  };

  test.each(flowNames)('learns: %s', async (flow) => {
    const { depth = 4, steps = 60 } = lengths[flow] ?? {};
    const { session, losses, errors } = await listen({ flow, depth, target: 'crescent', learningRate: 0.03 });
    session.run();
    await until(() => losses.length >= steps || errors.length > 0);
    await session.close();
    expect(errors).toEqual([]);
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)) - 0.1);
  });

  test('learns a drawing, whose entropy is the floor', async () => {
    const { session, losses, errors } = await listen({ target: 'drawn', drawing: 'gAgg', learningRate: 0.03 });
    session.run();
    await until(() => losses.length >= 80 || errors.length > 0);
    await session.close();
    expect(errors).toEqual([]);
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)) - 0.3);
    expect(mean(losses.slice(-10))).toBeGreaterThan(session.scene.floor - 0.1);
  });

  test('the same settings give the same losses; another seed gives others', async () => {
    const losses = await firstLosses({ seed: 3 });
    expect(await firstLosses({ seed: 3 })).toEqual(losses);
    expect(await firstLosses({ seed: 4 })).not.toEqual(losses);
  });

  test('tells when training breaks down', async () => {
    const { session, errors } = await listen({ target: 'crescentCubed', learningRate: 1e30 });
    session.run();
    await until(() => errors.length === 1);
    expect(String(errors[0])).toContain('loss must be finite');
    await session.close();
  });

  test('leaves no tensor behind, whether it ran or not', async () => {
    const before = tf.memory().numTensors;
    for (const use of [() => {}, (session: Session) => session.run()]) {
      const { session, pictures, errors } = await listen();
      await until(() => pictures.length > 0);
      use(session);
      await quiet();
      await session.close();
      expect(errors).toEqual([]);
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
