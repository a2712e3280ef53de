import { capture, deriveSeed, deviceSeed, seedSequence } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type AugmentationEntry, augmentationRegistry } from '../testing/augmentation';
import { colorJitter } from './colorJitter';
import { cutout } from './cutout';
import { gaussianNoise } from './gaussianNoise';
import {
  ColorJitter,
  Cutout,
  GaussianNoise,
  RandomAffine,
  RandomCrop,
  RandomErasing,
  RandomFlip,
  RandomRotation,
} from './layers';
import { mixup } from './mixup';
import { randomAffine } from './randomAffine';
import { randomCrop } from './randomCrop';
import { randomErasing } from './randomErasing';
import { randomFlip } from './randomFlip';
import { randomRotation } from './randomRotation';

const entries = Object.entries(augmentationRegistry);
const withLayer = entries.filter(
  (entry): entry is [string, AugmentationEntry & Required<Pick<AugmentationEntry, 'layer'>>] => 'layer' in entry[1],
);

/** Images in [0.1, 0.9] in which no two numbers are level. */
const images = (B = 4, H = 6, W = 7, C = 3) =>
  tf.tensor(
    Array.from({ length: B * H * W * C }, (_, i) => 0.1 + 0.8 * ((i * 0.6180339 + 0.2) % 1)),
    [B, H, W, C],
  );

/** What the first backend drew, for the others to be held against. */
const drawn: Record<string, Float32Array> = {};

describeOnEachBackend('every augmentation', (backend) => {
  test.each(entries)('%s: another draw for each image and seed, one for each backend', async (name, { run }) => {
    const one = tf.slice(images(), [0], [1]);
    const x = tf.tile(one, [4, 1, 1, 1]);
    const y = tf.tidy(() => run(x, 5));
    const values = (await y.data<'float32'>()).slice();
    drawn[name] ??= values;
    for (const [i, value] of values.entries()) {
      expect(Math.abs(value - (drawn[name][i] as number)), `${name} ${i}`).toBeLessThan(1e-4);
    }
    if (!name.endsWith('mix') && name !== 'mixup') {
      const [first, ...others] = tf.unstack(y) as [tf.Tensor, ...tf.Tensor[]];
      const gaps = await Promise.all(others.map((other) => distance(first, other)));
      expect(Math.max(...gaps)).toBeGreaterThan(0.01);
    }
    expect(await distance(run(images(), 5), run(images(), 6))).toBeGreaterThan(0.01);
    const key = deviceSeed(5);
    expect(
      await distance(
        tf.tidy(() => run(x, key)),
        y,
      ),
    ).toBe(0);
  });

  test.each(entries)('%s: leaves nothing behind, and images as they are when it is to do nothing', async (_, entry) => {
    const x = images();
    expect(await leaked(() => tf.tidy(() => entry.run(x, 3)))).toBe(0);
    const { idle } = entry;
    if (idle) {
      const same = tf.tidy(() => idle(x, 3));
      expect(await distance(same, x)).toBeLessThan(1e-6);
      same.dispose();
    }
    expect(await leaked(() => tf.grad((x) => entry.run(x, 3))(x))).toBe(0);
    x.dispose();
  });

  test.each(entries)('%s: of no images makes none', async (_, { run }) => {
    const none = tf.zeros([0, 6, 7, 3]);
    const y = tf.tidy(() => run(none, 5));
    expect([y.shape[0], y.size, (await y.data()).length]).toEqual([0, 0, 0]);
    // tfjs cannot add up no numbers on WebGPU.
    if (backend !== 'webgpu') expect(tf.grad((x) => run(x, 5))(none).shape).toEqual(none.shape);
  });

  if (backend === 'webgpu') {
    test('replays of a captured step draw anew, what the step by itself draws', async () => {
      const x = images(2, 4, 4);
      const [own, captured] = [seedSequence({ seed: 3 }), seedSequence({ seed: 3 })];
      const work = (seeds: typeof own) => (x: tf.Tensor) => {
        const seed = seeds.next();
        return Object.fromEntries(entries.map(([name, { run }], k) => [name, run(x, deriveSeed(seed, k))]));
      };
      const step = capture(work(captured));
      let last: Record<string, tf.Tensor> | undefined;
      for (let call = 0; call < 4; call++) {
        const [expected, got] = [tf.tidy(() => work(own)(x)), step(x)];
        for (const [name] of entries) {
          expect(await distance(got[name] as tf.Tensor, expected[name] as tf.Tensor), name).toBe(0);
        }
        if (last !== undefined) {
          const noise = [got, last].map((results) => results.gaussianNoise as tf.Tensor) as [tf.Tensor, tf.Tensor];
          expect(await distance(...noise)).toBeGreaterThan(0.01);
        }
        last = expected;
      }
      expect(step.recordings).toBe(1);
      step.dispose();
    });
  }
});

describe('gradients', () => {
  test.each(entries)('of %s go back to where the numbers come from', async (_, { run }) => {
    const [x, h] = [images(2, 4, 4), 2e-3];
    const weights = tf.randomNormal(run(x, 4).shape, 0, 1, 'float32', 2);
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(run(x, 4), weights)) as tf.Scalar;
    const gradient = await tf.grad(loss)(x).data();
    const total = async (at: number, step: number) => {
      const moved = tf.tidy(() =>
        tf.add(x, tf.mul(step, tf.reshape(tf.oneHot(tf.tensor1d([at], 'int32'), x.size), x.shape as [number]))),
      );
      return (await loss(moved).data())[0] as number;
    };
    const here = await total(0, 0);
    for (let at = 0; at < x.size; at += 7) {
      // On one side at least: clipped colours have corners.
      const slopes = [((await total(at, h)) - here) / h, (here - (await total(at, -h))) / h];
      const gaps = slopes.map((slope) => Math.abs((gradient[at] as number) - slope) / Math.max(1, Math.abs(slope)));
      expect(Math.min(...gaps), `${at}: ${gradient[at]}, not ${slopes}`).toBeLessThan(1e-2);
    }
  });
});

describe('in tf.layers', () => {
  test.each(withLayer)('%s works in training alone, with the step’s seed and its own', async (_, { layer }) => {
    const x = images();
    const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [6, 7, 3] }), layer(3)] });
    const apply = (kwargs: object) => model.apply(x, kwargs) as tf.Tensor;
    const predicted = model.predict(x) as tf.Tensor;
    expect(predicted.shape.slice(1)).toEqual(model.outputShape.slice(1));
    if (predicted.size === x.size) expect(await distance(predicted, x)).toBe(0);
    const training = apply({ training: true, seed: 7 });
    expect(training.shape).toEqual(predicted.shape);
    expect(await distance(training, predicted)).toBeGreaterThan(0.01);
    expect(await distance(apply({ training: true, seed: 7 }), training)).toBe(0);
    expect(await distance(apply({ training: true, seed: 8 }), training)).toBeGreaterThan(0.01);
    expect(await distance(apply({ training: true }), apply({ training: true }))).toBeGreaterThan(0.01);
    const config = (model.layers.at(-1) as tf.layers.Layer).getConfig();
    const again = new (layer().constructor as new (config: object) => tf.layers.Layer)(config);
    const other = again.apply(x, { training: true, seed: 7 }) as tf.Tensor;
    expect(await distance(other, training)).toBe(0);
  });
});

test.each<[string, () => unknown, string]>([
  ['RandomCrop', () => new RandomCrop({ size: 2, padding: -1 }), 'padding must be one integer or two ≥ 0, got -1'],
  ['RandomFlip', () => new RandomFlip({ direction: 'up' as 'both' }), 'direction must be one of horizontal, vertical'],
  [
    'RandomRotation',
    () => new RandomRotation({ degrees: Number.NaN }),
    'degrees must be two finite numbers, the first not',
  ],
  ['RandomAffine', () => new RandomAffine({ degrees: 1, scale: [0, 1] }), 'scale must be two numbers > 0, got [0,1]'],
  ['ColorJitter', () => new ColorJitter({ hue: 3 }), 'hue must be within [−½, ½], got 3'],
  ['GaussianNoise', () => new GaussianNoise({ std: Number.NaN }), 'std must be a finite number ≥ 0, got NaN'],
  ['Cutout', () => new Cutout({ size: 2, fill: Number.NaN }), 'fill must be a finite number, got NaN'],
  ['RandomErasing', () => new RandomErasing({ ratio: [0, 1] }), 'ratio must be two numbers > 0, got [0,1]'],
  ['RandomFlip', () => new RandomFlip({ seed: 1.5 }), 'seed must be an integer in [0, 2^53), got 1.5'],
  [
    'RandomCrop',
    () => new RandomCrop({ size: [4, 9], padding: [0, 1] }).apply(tf.input({ shape: [4, 6, 3] })),
    'size must be at most the padded size of x, [4,8], got [4,9]',
  ],
  ['ColorJitter', () => new ColorJitter().apply(tf.input({ shape: [4, 6, 2] })), 'input must be of 1 or 3 channels'],
])('the layer %s tells what is wrong before anything is trained', (name, call, message) => {
  expect(call).toThrow(`${name}: ${message}`);
});

test('a crop of images of any size is one', () => {
  const y = new RandomCrop({ size: [4, 5] }).apply(tf.input({ shape: [null, null, 3] })) as tf.SymbolicTensor;
  expect(y.shape).toEqual([null, 4, 5, 3]);
});

test('a crop in the middle is one', async () => {
  const { layer } = augmentationRegistry.randomCrop as Required<AugmentationEntry>;
  const x = images();
  const y = layer().apply(x) as tf.Tensor;
  expect(await distance(y, tf.slice(x, [0, 1, 1, 0], [4, 4, 5, 3]))).toBe(0);
  // Of two middles it is the one to the upper left, and around a small image lies what fills it.
  const odd = new RandomCrop({ size: [3, 4] }).apply(x) as tf.Tensor;
  expect(await distance(odd, tf.slice(x, [0, 1, 1, 0], [4, 3, 4, 3]))).toBe(0);
  const large = new RandomCrop({ size: [8, 9], padding: 2, fill: 0.25 }).apply(x) as tf.Tensor;
  const frame: [number, number] = [1, 1];
  expect(await distance(large, tf.pad(x, [[0, 0], frame, frame, [0, 0]], 0.25))).toBe(0);
});

test.each<[string, () => unknown, string]>([
  [
    'matrices for images',
    () => randomFlip(tf.zeros([2, 2]), { seed: 1 }),
    'randomFlip: x must be float32 of shape [B, H, W, C]',
  ],
  [
    'an unknown direction',
    () => randomFlip(images(), { direction: 'up' as 'both', seed: 1 }),
    'randomFlip: direction must be one of horizontal, vertical, both, got up',
  ],
  [
    'pieces that do not fit',
    () => randomCrop(images(), { size: 12, padding: 2, seed: 1 }),
    'randomCrop: size must be at most the padded size of x, [10,11], got [12,12]',
  ],
  [
    'a range from right to left',
    () => randomRotation(images(), { degrees: [3, 2], seed: 1 }),
    'randomRotation: degrees must be two finite numbers, the first not above the second, got [3,2]',
  ],
  [
    'no size at all',
    () => randomAffine(images(), { degrees: 0, scale: [0, 1], seed: 1 }),
    'randomAffine: scale must be two numbers > 0, got [0,1]',
  ],
  [
    'shear to a line',
    () => randomAffine(images(), { degrees: 0, shear: 90, seed: 1 }),
    'randomAffine: shear must be below 90 degrees, got 90',
  ],
  [
    'moves beyond the image',
    () => randomAffine(images(), { degrees: 0, translate: [0, 2], seed: 1 }),
    'randomAffine: translate must be two numbers in [0, 1], got [0,2]',
  ],
  [
    'one move for both directions',
    () => randomAffine(images(), { degrees: 0, translate: 0.1 as unknown as [number, number], seed: 1 }),
    'randomAffine: translate must be two numbers in [0, 1], got 0.1',
  ],
  [
    'no number around it',
    () => randomAffine(images(), { degrees: 0, fill: Number.NaN, seed: 1 }),
    'randomAffine: fill must be a finite number, got NaN',
  ],
  [
    'negative colours',
    () => colorJitter(images(), { contrast: -1, seed: 1 }),
    'colorJitter: contrast must be a number ≥ 0 or a range of them, got -1',
  ],
  [
    'hue beyond the circle',
    () => colorJitter(images(), { hue: 0.6, seed: 1 }),
    'colorJitter: hue must be within [−½, ½], got 0.6',
  ],
  [
    'two channels',
    () => colorJitter(tf.zeros([1, 2, 2, 2]), { seed: 1 }),
    'adjustColor: x must be of 1 or 3 channels, got [1,2,2,2]',
  ],
  [
    'negative noise',
    () => gaussianNoise(images(), { std: -1, seed: 1 }),
    'gaussianNoise: std must be a finite number ≥ 0, got -1',
  ],
  ['no hole', () => cutout(images(), { size: 0, seed: 1 }), 'cutout: size must be one integer or two ≥ 1, got 0'],
  [
    'more than all',
    () => randomErasing(images(), { scale: [0.5, 2], seed: 1 }),
    'randomErasing: scale must be within [0, 1], got [0.5,2]',
  ],
  [
    'labels that are integers',
    () => mixup(images(), tf.zeros([4], 'int32'), { seed: 1 }),
    'mixup: y must be float32 of shape [4, C], a weight for each class',
  ],
  [
    'no alpha',
    () => mixup(images(), tf.zeros([4, 2]), { alpha: 0, seed: 1 }),
    'mixup: alpha must be a finite number > 0, got 0',
  ],
  ['a bad seed', () => cutout(images(), { size: 1, seed: -1 }), 'seed must be an integer in [0, 2^53), got -1'],
])('refuses %s', (_, call, message) => {
  expect(call).toThrow(message);
});
