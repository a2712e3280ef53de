import { initDevice } from '@tenonjs/runtime';
import { cam, type RgbaImage } from '@tenonjs/visualization';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { isGlance, methodNames, type Synthesis } from '../methods';
import type { Made, Stations } from '../protocol';
import { SIDE } from '../shapes/backdrop';
import { anyTwo, drawScene } from '../shapes/drawScene';
import { type ShapeName, shapeNames } from '../shapes/outlines';
import { subjectOf, trainedNetwork } from '../testing/subjects';
import { cssColours } from './colours';
import { glance } from './glance';
import { occlude } from './occlude';
import { imageOf, likeliest, type Subject, strongestChannel } from './subject';
import { openMaking } from './synthesize';

let model: ReturnType<typeof trainedNetwork>;
beforeAll(async () => {
  await initDevice({ prefer: ['wasm'] });
  model = trainedNetwork();
});

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 60_000, interval: 5 });
const coloursIn = ({ data }: RgbaImage) => new Set(new Uint32Array(data.buffer)).size;

test('of two shapes the network mostly names one, and CAM mostly finds each where it is', async () => {
  const [pairs, count] = [8, { named: 0, found: 0 }];
  for (let seed = 0; seed < pairs; seed++) {
    const names = anyTwo(seed);
    const { subject, scene, probabilities } = await subjectOf(model, names, 100 + seed);
    if (names.includes(shapeNames[likeliest(probabilities)] as ShapeName)) count.named++;
    for (const shape of scene.shapes) {
      const place = tf.tidy(() => {
        const heat = cam(model, imageOf(subject.pixels), { target: shapeNames.indexOf(shape.name) });
        return tf.argMax(tf.reshape(heat, [-1])).dataSync()[0] as number;
      });
      const off = Math.hypot((place % SIDE) + 0.5 - shape.x, Math.floor(place / SIDE) + 0.5 - shape.y);
      if (off < shape.radius + 4) count.found++; // half a place of conv5’s maps
    }
  }
  expect(count.named).toBeGreaterThanOrEqual(0.6 * pairs);
  expect(count.found).toBeGreaterThanOrEqual(0.7 * 2 * pairs); // by chance a fifth
});

describe.each(methodNames.filter(isGlance))('%s', (method) => {
  test('shows something, the same each time, and leaves no tensor behind', async () => {
    const { subject } = await subjectOf(model, ['star'], 7);
    const before = tf.memory().numTensors;
    const image = await glance(method, subject);
    expect(tf.memory().numTensors).toBe(before);
    expect(image.data.length).toBe(4 * image.width * image.height);
    expect(coloursIn(image)).toBeGreaterThan(20);
    expect((await glance(method, subject)).data).toEqual(image.data);
  });
});

test.each([
  ['gradCam', 'target'],
  ['gradCam', 'layer'],
  ['saliency', 'target'],
  ['deconvnet', 'channel'],
  ['featureMaps', 'layer'],
  ['smoothGrad', 'seed'],
] as const)('%s depends on the %s', async (method, what) => {
  const { subject } = await subjectOf(model, ['star', 'ring'], 8);
  const other = {
    target: shapeNames.indexOf('ring'),
    layer: 'conv4',
    channel: (subject.channel + 1) % 64,
    seed: 2,
  } as const;
  const changed: Subject = { ...subject, [what]: other[what] };
  expect((await glance(method, changed)).data).not.toEqual((await glance(method, subject)).data);
});

test('the strongest channel is the one that answers most at its best place', async () => {
  const image = imageOf(drawScene(['moon'], 12).pixels);
  const upToLayer = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer('conv4').output as tf.SymbolicTensor,
  });
  const maps = upToLayer.predict(tf.expandDims(image)) as tf.Tensor;
  const numbers = await maps.data<'float32'>();
  const most = numbers.reduce((best, value, i) => (value > (numbers[best] as number) ? i : best), 0);
  expect(await strongestChannel(model, image, 'conv4')).toBe(most % 48);
  tf.dispose([image, maps]);
});

test('the occluder goes everywhere, tells each place once, and costs most on the shape', async () => {
  const { subject, scene, probabilities } = await subjectOf(model, ['star'], 9);
  const before = tf.memory().numTensors;
  const heard: Stations[] = [];
  await occlude(subject, { signal: new AbortController().signal, onStations: (stations) => heard.push(stations) });
  expect(tf.memory().numTensors).toBe(before);
  expect(heard.map(({ first }) => first)).toEqual(Array.from({ length: 13 }, (_, i) => 13 * i));
  const corners = heard.flatMap((stations) => stations.corners);
  expect(new Set(corners.map(String)).size).toBe(169);
  expect([corners[1], corners[13], corners[168]]).toEqual([
    [0, 4],
    [4, 0],
    [48, 48],
  ]); // rows and columns
  expect(heard.every(({ of }) => of === 169)).toBe(true);
  const { whole, window, step } = heard[0] as Stations;
  expect([window, step]).toEqual([16, 4]);
  expect(whole).toBeCloseTo(probabilities[subject.target] as number, 4);
  const scores = heard.flatMap((stations) => stations.scores);
  const [row, column] = corners[scores.indexOf(Math.min(...scores))] as readonly [number, number];
  const shape = scene.shapes[0] as (typeof scene.shapes)[number];
  expect(Math.hypot(column + 8 - shape.x, row + 8 - shape.y)).toBeLessThan(shape.radius + 8);
});

test('the occluder stops where it is told to', async () => {
  const { subject } = await subjectOf(model, ['star'], 9);
  const before = tf.memory().numTensors;
  const stop = new AbortController();
  let heard = 0;
  const walk = occlude(subject, {
    signal: stop.signal,
    onStations() {
      if (++heard === 2) stop.abort();
    },
  });
  await expect(walk).rejects.toThrow(/abort/i);
  expect(heard).toBe(2);
  expect(tf.memory().numTensors).toBe(before);
});

describe.each(['activationMaximization', 'deepDream', 'foolingImage'] satisfies Synthesis[])('%s', (method) => {
  const some = async (steps: number, seed = 1) => {
    const { subject } = await subjectOf(model, ['heart'], 10);
    const made: Made[] = [];
    const errors: unknown[] = [];
    const making = openMaking(
      method,
      { ...subject, seed },
      { onMade: (one) => made.push(one), onError: (error) => errors.push(error) },
    );
    for (let i = 1; i <= steps; i++) {
      making.step();
      await until(() => made.length === i || errors.length > 0);
    }
    await making.close();
    expect(errors).toEqual([]);
    return made;
  };

  test('goes step by step, the same with the same seed, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors;
    const made = await some(2);
    expect(tf.memory().numTensors).toBe(before);
    expect(made.map(({ step, finished }) => [step, finished])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(made.every(({ probabilities }) => Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 1e-3)).toBe(
      true,
    );
    const last = made[1]?.image.data;
    expect((await some(2))[1]?.image.data).toEqual(last);
    expect((await some(2, 2))[1]?.image.data).not.toEqual(last);
  });
});

test('activation maximization ends with an image of the class', async () => {
  const { subject } = await subjectOf(model, ['heart'], 11);
  const made: Made[] = [];
  const errors: unknown[] = [];
  const making = openMaking('activationMaximization', subject, {
    onMade: (one) => made.push(one),
    onError: (error) => errors.push(error),
  });
  making.run();
  await until(() => made.at(-1)?.finished === true || errors.length > 0);
  await making.close();
  expect(errors).toEqual([]);
  expect(made.at(-1)?.probabilities[subject.target]).toBeGreaterThan(0.9);
});

test('colours go from the first to the last of each map', async () => {
  const { size, heat, signs } = await cssColours();
  expect([size.length, heat.length, signs.length]).toEqual([33, 33, 33]);
  expect(size[0]).toMatch(/^rgb\([0-9] [0-9] [0-9]\)$/); // nearly black
  expect(new Set([...size, ...heat, ...signs]).size).toBeGreaterThan(90);
});
