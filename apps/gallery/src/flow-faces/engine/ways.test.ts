import { realNvp } from '@tenonjs/flows';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { PIXELS } from '../../digits/shape';
import { STATIONS, wayNames } from '../protocol';
import { defaults, writing } from '../settings';
import { alongArc, alongLine, imageOf, madeUp, stationsOf } from './ways';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const breathe = async () => {};
const flow = () => {
  const made = realNvp({ shape: [28, 28, 1], layers: 2, hidden: [4], alpha: 1e-3, seed: 1 });
  // Couplings start as the identity; these do not stay so.
  for (const [i, variable] of made.trainableVariables.entries()) {
    const noise = tf.randomNormal(variable.shape, 0, 0.05, 'float32', i + 1);
    variable.assign(tf.add(variable, noise));
  }
  return made;
};
const images = Uint8Array.from({ length: 2 * PIXELS }, (_, i) => (i * 37 + (i > PIXELS ? 90 : 0)) % 256);

describe('a way', () => {
  test.each(wayNames)('starts and ends at the digits themselves, to the last pixel: %s', async (way) => {
    const made = flow();
    const ends = [imageOf(images, 0), imageOf(images, 1)] as const;
    const before = tf.memory().numTensors;
    const stations = await stationsOf(made, way, ends, { seed: 3, breathe });
    expect(tf.memory().numTensors).toBe(before);
    expect([...stations.images.subarray(0, PIXELS)]).toEqual([...images.subarray(0, PIXELS)]);
    expect([...stations.images.subarray(-PIXELS)]).toEqual([...images.subarray(PIXELS)]);
    expect([stations.bits.length, stations.norms.length]).toEqual([STATIONS, STATIONS]);
    const bits = await tf.div(made.logProb(tf.stack([...ends]), { seed: 3 }), -PIXELS * Math.LN2).data();
    expect(stations.bits[0]).toBeCloseTo(bits[0] as number, 1);
    expect(stations.norms.every(Number.isFinite)).toBe(true);
  });

  test('in pixel space is a fade', async () => {
    const ends = [imageOf(images, 0), imageOf(images, 1)] as const;
    const stations = await stationsOf(flow(), 'pixels', ends, { seed: 3, breathe });
    const middle = stations.images.subarray(PIXELS * 10, PIXELS * 11);
    middle.forEach((level, i) => {
      expect(Math.abs(level - ((images[i] as number) + (images[PIXELS + i] as number)) / 2)).toBeLessThanOrEqual(0.5);
    });
  });
});

test('an arc keeps its distance from the middle, a straight line comes nearer', async () => {
  const [a, b] = [0, 1].map((seed) => tf.randomNormal([100], 0, 1, 'float32', seed + 1)) as [tf.Tensor, tf.Tensor];
  const unit = (x: tf.Tensor) => tf.div(x, tf.norm(x));
  const norms = async (points: tf.Tensor) => [...(await tf.norm(points, 2, 1).data())];
  const shares = [0, 0.25, 0.5, 1];
  for (const norm of await norms(alongArc(unit(a), unit(b), shares))) expect(norm).toBeCloseTo(1, 5);
  expect((await norms(alongLine(unit(a), unit(b), shares)))[2]).toBeLessThan(0.85);
  const turned = await tf.sum(tf.mul(alongArc(unit(a), unit(b), [0.5]), unit(a))).data();
  const angle = Math.acos((await tf.sum(tf.mul(unit(a), unit(b))).data())[0] as number);
  expect(turned[0]).toBeCloseTo(Math.cos(angle / 2), 5);
  const same = await alongArc(a, a, [0.5]).data();
  expect(same[0]).toBeCloseTo((await a.data())[0] as number, 3);
});

test('what is made up are whole levels, others for another seed', async () => {
  const made = flow();
  const [one, again, other] = await Promise.all(
    [1, 1, 2].map((seed) => madeUp(made, 2, { seed, boldness: 0.8 }).data()),
  );
  expect([...(again ?? [])]).toEqual([...(one ?? [])]);
  expect([...(other ?? [])]).not.toEqual([...(one ?? [])]);
  expect(one?.every((level) => Number.isInteger(level) && level >= 0 && level <= 255)).toBe(true);
});

test('settings come back from the address; those that cannot be had are refused', () => {
  const settings = { ...defaults, from: 0, to: 39, share: 100 };
  expect(writing.fromQuery(writing.toQuery(settings))).toEqual({ settings, refused: [] });
  for (const query of ['from=40', 'to=-1', 'share=101', 'seed=x']) {
    expect(writing.fromQuery(query)).toEqual({ settings: defaults, refused: [query] });
  }
});
