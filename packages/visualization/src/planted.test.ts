import { type Device, initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { integratedGradients } from './attribution/integratedGradients';
import { occlusionSensitivity } from './attribution/occlusionSensitivity';
import { cam } from './cam/cam';
import { gradCam } from './cam/gradCam';
import { gradCamPlusPlus } from './cam/gradCamPlusPlus';
import type { Progress } from './iterate';
import { evaluate } from './model/evaluate';
import { subjectOf } from './model/subject';
import type { Target } from './model/target';
import { activationMaximization } from './synthesis/activationMaximization';
import { deepDream } from './synthesis/deepDream';
import { foolingImage } from './synthesis/foolingImage';
import { type Planted, plantedObjects, SIDE, SIZE, trainedNetwork } from './testing/plantedObjects';

describe('a network that was trained to tell objects apart', () => {
  let device: Device;
  let model: tf.LayersModel;
  let x: tf.Tensor4D;
  let y: tf.Tensor2D;
  let objects: Planted[];
  beforeAll(async () => {
    device = await initDevice({ prefer: ['wasm'] });
    model = await trainedNetwork();
    ({ x, y, objects } = plantedObjects(80, 2));
  });
  afterAll(() => {
    tf.dispose([x, y]);
    model.dispose();
    device.dispose();
  });

  /** The image of each object: one with both is there twice. */
  const imagesOf = (some: Planted[]) =>
    tf.gather(
      x,
      tf.tensor1d(
        some.map(({ image }) => image),
        'int32',
      ),
    );

  test('it does tell them apart', async () => {
    const wrong = tf.tidy(() => tf.sum(tf.abs(tf.sub(tf.round(model.predict(x) as tf.Tensor), y))));
    const [count] = await wrong.data();
    wrong.dispose();
    expect(count).toBeLessThan(0.05 * y.size);
  });

  // Grad-CAM++ counts what speaks for the score and not what speaks against it: beside another object it may see that one.
  test.each([
    ['gradCam', gradCam, true],
    ['cam', cam, true],
    ['gradCamPlusPlus', gradCamPlusPlus, false],
  ])('the peak of %s lies inside of the object that it is asked for, in 9 of 10', async (_, method, besideAnother) => {
    const asked = objects.filter(({ image }) => besideAnother || image % 4 < 2);
    const target = asked.map(({ label }) => label);
    const peaks = tf.tidy(() => {
      const maps = method(model, imagesOf(asked), { target }); // [n, 24, 24]
      return tf.argMax(tf.reshape(maps, [asked.length, -1]), 1);
    });
    const places = await peaks.data();
    peaks.dispose();
    const hits = asked.filter(({ top, left }, i) => {
      const [row, column] = [Math.floor((places[i] as number) / SIZE), (places[i] as number) % SIZE];
      return row >= top && row < top + SIDE && column >= left && column < left + SIDE;
    });
    expect(hits.length).toBeGreaterThanOrEqual(0.9 * asked.length);
  });

  test('integrated gradients add up to the difference of the scores', async () => {
    const target = objects.map(({ label }) => label);
    const [sums, differences] = tf.tidy(() => {
      const images = imagesOf(objects);
      const { scoreAt } = subjectOf('test', model, images, { target });
      const attributions = integratedGradients(model, images, { target, baseline: 0.2, steps: 40 });
      return [tf.sum(attributions, [1, 2, 3]), tf.sub(scoreAt(images), scoreAt(tf.fill(images.shape, 0.2)))];
    });
    const [given, expected] = [await sums.data(), await differences.data()];
    tf.dispose([sums, differences]);
    const largest = Math.max(...expected.map(Math.abs));
    expect(largest).toBeGreaterThan(5);
    for (const [i, sum] of given.entries()) {
      expect(Math.abs(sum - (expected[i] as number))).toBeLessThan(0.01 * largest);
    }
  });

  test('occlusion finds the object: the score falls, the map fades and the label changes there and nowhere else', async () => {
    const alone = objects.filter(({ image }) => image % 4 < 2).slice(0, 4);
    for (const { image: index, top, left, label } of alone) {
      const image = tf.tidy(() => tf.squeeze(tf.slice(x, index, 1), [0]));
      const maps = await occlusionSensitivity(model, image, { target: label, window: SIDE, stride: 1, fill: 0 });
      const [rows, columns] = maps.score.shape as [number, number];
      const [score, labels] = [await maps.score.data(), await maps.label.data()];
      const over = top * columns + left;
      expect(score[over]).toBeLessThan(0.1);
      expect(labels[over]).not.toBe(label);
      let far = 0;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          if (Math.abs(row - top) < SIDE && Math.abs(column - left) < SIDE) continue;
          far++;
          expect(score[row * columns + column]).toBeGreaterThan(0.5);
          expect(labels[row * columns + column]).toBe(label);
        }
      }
      expect(far).toBeGreaterThan(100);
      tf.dispose([image, { ...maps }]);
    }
  });

  test('activation maximisation raises its score by five times and more', async () => {
    const run = async (target: Target, steps: number, logits: boolean) => {
      const scores: number[] = [];
      const onProgress = ({ score }: Progress) => scores.push(score);
      const image = await activationMaximization(model, { target, seed: 1, steps, logits, range: [-1, 1], onProgress });
      const [low, high] = [tf.min(image), tf.max(image)];
      expect((await low.data())[0]).toBeGreaterThanOrEqual(-1);
      expect((await high.data())[0]).toBeLessThanOrEqual(1);
      tf.dispose([image, low, high]);
      return scores;
    };
    // A unit that answers to an empty image, or to nothing, leaves no room for it.
    let raised = 0;
    for (const layer of ['conv2', 'conv3']) {
      for (let channel = 0; channel < 16; channel++) {
        const [start = 0] = await run({ layer, channel }, 1, true);
        if (start < 0.01 || start > 1) continue;
        const scores = await run({ layer, channel }, 40, true);
        expect(scores.at(-1)).toBeGreaterThan(5 * start);
        raised++;
      }
    }
    expect(raised).toBeGreaterThanOrEqual(3);
    for (const target of [0, 1]) {
      const probabilities = await run(target, 32, true);
      expect(probabilities[0]).toBeLessThan(0); // the odds are against it at first
      expect(probabilities.at(-1)).toBeGreaterThan(5);
    }
  });

  test('a dream raises what its layer sees', async () => {
    const image = tf.tidy(() => tf.squeeze(tf.slice(x, 0, 1), [0]));
    const seen: number[] = [];
    const dream = await deepDream(model, image, {
      layers: { conv3: 2 },
      seed: 1,
      octaves: 2,
      jitter: 2,
      onProgress: ({ score }) => seen.push(score),
    });
    const score = (picture: tf.Tensor) =>
      tf.tidy(() => {
        const subject = subjectOf('test', model, picture, { target: { layer: 'conv3' } });
        const [maps] = evaluate(subject.graph, subject.batch, [subject.score.edge]) as [tf.Tensor];
        return tf.mean(tf.square(maps));
      });
    const [before, after] = [score(image), score(dream)];
    const [low, high] = [(await before.data())[0] as number, (await after.data())[0] as number];
    expect(high).toBeGreaterThan(5 * low);
    expect(seen.at(-1)).toBeGreaterThan(high); // twice the mean square, one step before
    expect(dream.shape).toEqual(image.shape);
    tf.dispose([image, dream, before, after]);
  });

  test.each([
    ['direct', 1],
    ['indirect', 0],
  ] as const)('a fooling image of %s encoding is surely taken for a class', async (encoding, target) => {
    const scores: number[] = [];
    const image = await foolingImage(model, {
      target,
      seed: 1,
      encoding,
      population: 32,
      range: [-0.5, 0.5],
      onProgress: ({ score }) => scores.push(score),
    });
    expect(scores.at(-1)).toBeGreaterThanOrEqual(0.99);
    expect(scores.length).toBeLessThan(200); // it stops when it is sure
    for (const [i, score] of scores.entries()) expect(score).toBeGreaterThanOrEqual((scores[i - 1] ?? 0) - 1e-6);
    const found = tf.tidy(() => tf.slice(model.predict(tf.expandDims(image)) as tf.Tensor, [0, target], [1, 1]));
    expect((await found.data())[0]).toBeCloseTo(scores.at(-1) as number, 4);
    tf.dispose([image, found]);
  });
});
