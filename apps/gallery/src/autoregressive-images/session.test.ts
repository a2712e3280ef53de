import { pixelCnn } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { PIXELS, SIDE } from '../digits/shape';
import { type Half, halfNames, isGiven, LEVELS } from './halves';
import { ANSWERS, type Line, type Surprise } from './protocol';
import { openSession } from './session';
import { defaults, writing } from './settings';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const digit = Uint8Array.from({ length: PIXELS }, (_, i) => (i * 37) % 256);
const small = (from: Half) => {
  const model = pixelCnn({ shape: [SIDE, SIDE, 1], levels: LEVELS, filters: 4, layers: 1, hidden: 4, from, seed: 1 });
  for (const [i, variable] of model.trainableVariables.entries()) {
    variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.2, 'float32', i + 1)));
  }
  return model;
};
const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 60_000, interval: 5 });

/** A session, and all that it says. */
async function listen(given: Half, seed = 1) {
  const heard = { lines: [] as Line[], surprises: [] as Surprise[], errors: [] as unknown[] };
  const session = await openSession(
    small(given),
    { digit, given, seed },
    {
      onLine: (line) => heard.lines.push(line),
      onFinish: (surprise) => heard.surprises.push(surprise),
      onError: (error) => heard.errors.push(error),
    },
  );
  return { session, ...heard };
}

describe.each(halfNames)('given the half at the %s', (given) => {
  test('fills in the other one, eight times, and the given one stays', async () => {
    const { session, lines, surprises, errors } = await listen(given);
    session.run();
    await until(() => surprises.length + errors.length > 0);
    expect(errors).toEqual([]);
    const images = lines.at(-1)?.images as Float32Array;
    expect(session.real).toEqual(Float32Array.from(digit, (byte) => Math.floor(byte / 32)));
    const answers = Array.from({ length: ANSWERS }, (_, i) => images.subarray(i * PIXELS, (i + 1) * PIXELS));
    for (const answer of answers) {
      const kept = (_: number, i: number) => isGiven(given, i);
      expect([...answer].filter(kept)).toEqual([...session.real].filter(kept));
      expect(answer.every((level) => Number.isInteger(level) && level >= 0 && level < LEVELS)).toBe(true);
    }
    expect(new Set(answers.map(String)).size).toBe(ANSWERS);

    // What is said of a pixel's law agrees with what is said of its surprise.
    const pixel = 20 * SIDE + 20;
    for (const image of [2, ANSWERS]) {
      const { probabilities } = await session.lawAt(image, pixel);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 4);
      const came = (image === ANSWERS ? session.real : (answers[image] as Float32Array))[pixel] as number;
      const bits = surprises[0]?.bits[image * PIXELS + pixel] as number;
      expect(-Math.log2(probabilities[came] as number)).toBeCloseTo(bits, 4);
    }
    const bits = surprises[0]?.bits.subarray(0, PIXELS) as Float32Array;
    const missing = [...bits].reduce((sum, value, i) => (isGiven(given, i) ? sum : sum + value), 0);
    expect(surprises[0]?.totals[0]).toBeCloseTo(missing, 2);
    await session.close();
  });
});

test('a half and the other have all pixels between them, and a quarter in common with those across', () => {
  const given = (half: Half) => Array.from({ length: PIXELS }, (_, pixel) => isGiven(half, pixel));
  const [top, left, bottom, right] = halfNames.map(given) as boolean[][];
  for (const [half, other] of [
    [top, bottom],
    [left, right],
  ]) {
    expect(half?.filter(Boolean)).toHaveLength(PIXELS / 2);
    expect(half?.map((is) => !is)).toEqual(other);
  }
  expect([top?.[0], top?.at(-1), left?.[0], left?.[SIDE - 1]]).toEqual([true, false, true, false]);
  expect(top?.filter((is, pixel) => is && left?.[pixel])).toHaveLength(PIXELS / 4);
});

test('a step is a line; the same seed gives the same one, another seed another', async () => {
  const first = async (seed: number) => {
    const { session, lines } = await listen('top', seed);
    session.step();
    await until(() => lines.length === 1);
    session.step();
    await until(() => lines.length === 2);
    await session.close();
    expect(lines.map(({ done, of }) => [done, of])).toEqual([
      [15, 28],
      [16, 28],
    ]);
    return [...(lines[1]?.images ?? [])];
  };
  const one = await first(1);
  expect(await first(1)).toEqual(one);
  expect(await first(2)).not.toEqual(one);
});

test('nothing is drawn by itself, and nothing is left behind', async () => {
  const model = small('top');
  const before = tf.memory().numTensors;
  const fail = () => expect.fail();
  const idle = await openSession(
    model,
    { digit, given: 'top', seed: 1 },
    { onLine: fail, onFinish: fail, onError: fail },
  );
  await idle.close();
  const lines: Line[] = [];
  const session = await openSession(
    model,
    { digit, given: 'top', seed: 1 },
    {
      onLine: (line) => lines.push(line),
      onFinish: fail,
      onError: fail,
    },
  );
  session.run();
  await until(() => lines.length > 1);
  await session.close();
  expect(tf.memory().numTensors).toBe(before);
});

test('settings come back from the address; those that cannot be had are refused', () => {
  const settings = { ...defaults, digit: 39, given: 'left' as const, seed: 0 };
  expect(writing.fromQuery(writing.toQuery(settings))).toEqual({ settings, refused: [] });
  for (const query of ['digit=40', 'given=middle']) {
    expect(writing.fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
  }
});
