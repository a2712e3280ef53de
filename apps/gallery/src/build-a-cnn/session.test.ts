import { initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Judgement } from './engine/judge';
import { type Digits, openDigits } from './engine/openDigits';
import { type Look, openSession, type Picture, type Session } from './session';
import { defaults, type Run } from './settings';
import { readStack, type Stack } from './stack/blocks';
import { presets } from './stack/presets';

/** Two kinds of digit that differ at a glance: a bar that stands and one that lies, at ten places each. */
const SIDE = 28;
const pixels = Float32Array.from({ length: 40 * SIDE * SIDE }, (_, i) => {
  const [digit, row, column] = [Math.floor(i / SIDE ** 2), Math.floor(i / SIDE) % SIDE, i % SIDE];
  const [across, along] = digit < 20 ? [column, row] : [row, column];
  return Math.abs(across - 8 - (digit % 10)) < 2 && along > 4 && along < 24 ? 1 : 0;
});
const labels = Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 7));

const small: Omit<Run, 'backend'> = {
  ...defaults,
  stack: readStack('conv-4-3-2-same-relu-batch.maxPool-2-2.dropout-01.flatten') as Stack,
  batchSize: 16,
  learningRate: 0.01,
};
const image = pixels.slice(0, SIDE * SIDE);

let digits: Digits;
beforeAll(async () => {
  await initDevice({ prefer: ['wasm'] });
  digits = openDigits(pixels, labels, 1);
});

/** A session, and all that it says. */
async function listen(settings: Partial<Run> = {}, look: Look = { image, stage: 1 }, given = digits) {
  const heard = {
    losses: [] as number[],
    pictures: [] as Picture[],
    judgements: [] as Judgement[],
    errors: [] as unknown[],
  };
  const session = await openSession({ ...small, ...settings }, given, look, {
    onStep: (_, loss) => heard.losses.push(loss),
    onPicture: (picture) => heard.pictures.push(picture),
    onJudgement: (judgement) => heard.judgements.push(judgement),
    onError: (error) => heard.errors.push(error),
  });
  return { session, ...heard };
}

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 60_000, interval: 5 });
const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

async function firstLosses(settings: Partial<Run>, count = 4): Promise<number[]> {
  const { session, losses } = await listen(settings);
  for (let step = 1; step <= count; step++) {
    session.step();
    await until(() => losses.length === step);
  }
  await session.close();
  return losses;
}

describe('a session', () => {
  test('shows and judges the untrained network, and takes no step by itself', async () => {
    const { session, losses, pictures, judgements, errors } = await listen();
    await until(() => judgements.length === 1);
    await quiet();
    expect([losses, errors, pictures.length, judgements.length]).toEqual([[], [], 1, 1]);
    const [{ step, stage, maps, filters, probabilities }] = pictures as [Picture];
    expect([step, stage, maps.side, maps.count, filters.side, filters.count]).toEqual([0, 1, 14, 4, 3, 4]);
    expect(filters.values).toEqual(session.filters.values);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    await session.close();
  });

  test('learns: the loss falls, digits never trained on are told apart, filters change', async () => {
    const { session, losses, judgements, pictures, errors } = await listen();
    session.run();
    await until(() => losses.length >= 60 || errors.length > 0);
    session.pause();
    await quiet();
    await until(() => judgements.at(-1)?.step === losses.length && pictures.at(-1)?.step === losses.length);
    expect(errors).toEqual([]);
    expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 3)) / 2);
    const [before, after] = [judgements[0], judgements.at(-1)] as [Judgement, Judgement];
    expect(before.accuracy).toBeLessThan(0.7);
    expect([after.accuracy, after.worst]).toEqual([1, []]);
    expect(after.loss).toBeLessThan(before.loss);
    expect([after.confusion[11], after.confusion[77]]).toEqual([4, 4]);
    expect(pictures.at(-1)?.filters.values).not.toEqual(session.filters.values);
    expect(pictures.at(-1)?.probabilities[1]).toBeGreaterThan(0.8);
    await session.close();
  });

  test('is looked into anywhere, and another look changes no loss', async () => {
    const { session, losses, pictures } = await listen();
    await until(() => pictures.length === 1);
    const seen: number[][] = [];
    for (const stage of [0, 2, 4, 5, 99]) {
      await session.look({ image, stage });
      const { maps } = pictures.at(-1) as Picture;
      seen.push([maps.side, maps.count]);
    }
    expect(seen).toEqual([
      [28, 1],
      [7, 4],
      [1, 196],
      [1, 10],
      [1, 10],
    ]);
    await session.look({ image, stage: 0 });
    expect(pictures.at(-1)?.maps.values).toEqual(image);
    for (let step = 1; step <= 4; step++) {
      session.step();
      await until(() => losses.length === step);
      await session.look({ image, stage: step });
    }
    await session.close();
    expect(losses).toEqual(await firstLosses({}));
  });

  test('the same settings give the same losses; another seed gives others', async () => {
    const losses = await firstLosses({ seed: 3 });
    expect(await firstLosses({ seed: 3 })).toEqual(losses);
    expect(await firstLosses({ seed: 4 })).not.toEqual(losses);
  });

  test('takes its batches in an order that is the seed’s', async () => {
    const orders: unknown[] = [];
    for (const seed of [3, 3, 4]) {
      const batch: Digits['batch'] = (step, size, order) => {
        orders.push(order);
        return digits.batch(step, size, order);
      };
      const { session, losses } = await listen({ seed }, undefined, { ...digits, batch });
      session.step();
      await until(() => losses.length === 1);
      await session.close();
    }
    expect(orders[0]).toBe(orders[1]);
    expect(orders[2]).not.toBe(orders[1]);
  });

  test('begins with weights that are those of the seed', async () => {
    const filtersOf = async (seed: number) => {
      const { session } = await listen({ seed });
      await session.close();
      return session.filters.values;
    };
    expect(await filtersOf(3)).toEqual(await filtersOf(3));
    expect(await filtersOf(4)).not.toEqual(await filtersOf(3));
  });

  test.each(Object.entries(presets))('takes a step and can be looked into: %s', async (_, { stack }) => {
    const { session, losses, pictures, errors } = await listen({ stack });
    session.step();
    await until(() => losses.length === 1 || errors.length > 0);
    await session.look({ image, stage: stack.length + 1 });
    await session.close();
    expect(errors).toEqual([]);
    expect(pictures.at(-1)?.maps.count).toBe(10);
  });

  test('the filters of a stack without convolutions are templates, as large as the digit', async () => {
    const { session } = await listen({ stack: presets.linear.stack });
    expect([session.filters.side, session.filters.count]).toEqual([28, 10]);
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

describe('the digits', () => {
  test('are divided by the seed, each kind alike, and none is on both sides', () => {
    const sides = [digits.train, digits.validation].map(({ places }) => places);
    expect(sides.map((places) => places.length)).toEqual([32, 8]);
    expect(new Set(sides.flat()).size).toBe(40);
    expect(sides[1]?.filter((place) => place < 20)).toHaveLength(4);
    const other = openDigits(pixels, labels, 2);
    expect(other.validation.places).not.toEqual(digits.validation.places);
    other.dispose();
  });

  test('each comes once in each round, in another order', async () => {
    const rounds = await Promise.all(
      [0, 1].map(async (round) => {
        const batches = [0, 1].map((part) => digits.batch(2 * round + part, 16, 5));
        const sums = (await Promise.all(batches.map(({ x }) => tf.sum(tf.mul(x, grid), [1, 2, 3]).array()))).flat();
        return sums as unknown as number[];
      }),
    );
    const all = (await tf.sum(tf.mul(digits.train.x, grid), [1, 2, 3]).array()) as unknown as number[];
    const sorted = (values: number[]) => [...values].sort((a, b) => a - b);
    expect(sorted(rounds[0] as number[])).toEqual(sorted(all));
    expect(sorted(rounds[1] as number[])).toEqual(sorted(all));
    expect(rounds[0]).not.toEqual(rounds[1]);
  });
});

/** Tells digits apart by their sum. */
const grid = tf.tensor4d(
  Float32Array.from({ length: SIDE * SIDE }, (_, i) => i % 31),
  [1, SIDE, SIDE, 1],
);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
