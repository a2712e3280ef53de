import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { saliency } from '../attribution/saliency';
import { images, plainCnn, seeded } from '../testing/models';
import { type ActivationMaximizationOptions, activationMaximization } from './activationMaximization';
import { deepDream } from './deepDream';
import { foolingImage } from './foolingImage';
import { clipByContribution, clipByNorm, totalVariation } from './regularizers';
import { blur } from './transforms';

/** Scores that are linear in the pixels: their gradient is the same everywhere. */
const linear = () =>
  seeded(tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 2] }), tf.layers.dense({ units: 3 })] }));

/** The pixels as they are, and twice as much. */
function transparent(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'one', filters: 1, kernelSize: 1, useBias: false, inputShape: [8, 8, 1] }),
      tf.layers.conv2d({ name: 'two', filters: 1, kernelSize: 1, useBias: false }),
    ],
  });
  model.setWeights([tf.ones([1, 1, 1, 1]), tf.fill([1, 1, 1, 1], 2)]);
  return model;
}

const rms = (x: tf.Tensor) => tf.sqrt(tf.mean(tf.square(x), [1, 2, 3], true));
const still = { jitter: 0, rotation: 0, totalVariation: 0, l2Decay: 0, steps: 1, seed: 1, target: 1 } as const;

describe('a step of activation maximisation', () => {
  const model = linear();
  const x = tf.add(tf.mul(images(2), 2), 1) as tf.Tensor4D; // in [1, 3)
  const range = [-4, 6] as const; // about 1, 10 wide
  const step = (options: Partial<ActivationMaximizationOptions> = {}) =>
    activationMaximization(model, { ...still, image: x, range, ...options });
  const gradient = saliency(model, x, { target: 1, signed: true }) as tf.Tensor4D;
  const climb = tf.mul(10 * 0.02, tf.div(gradient, rms(gradient)));

  test('goes up by a part of the range, each image by its own gradient', async () => {
    expect(await distance(await step(), tf.add(x, climb))).toBeLessThan(1e-5);
    const other = saliency(model, x, { target: [2, 0], signed: true });
    const expected = tf.add(x, tf.mul(0.2, tf.div(other, rms(other))));
    expect(await distance(await step({ target: [2, 0] }), expected)).toBeLessThan(1e-5);
  });

  test('goes down on total variation, and decays to the middle of the range', async () => {
    const uneven = tf.grad((y: tf.Tensor) => totalVariation(y as tf.Tensor4D))(x);
    const smoothed = tf.sub(tf.add(x, climb), tf.mul(0.02 * 3, uneven));
    expect(await distance(await step({ totalVariation: 3 }), smoothed)).toBeLessThan(1e-5);
    const faded = tf.add(1, tf.mul(0.9, tf.sub(tf.add(x, climb), 1)));
    expect(await distance(await step({ l2Decay: 0.1 }), faded)).toBeLessThan(1e-5);
  });

  test('blurs, puts out what is faint or idle, and stays in the range', async () => {
    const offsets = tf.sub(tf.add(x, climb), 1) as tf.Tensor4D;
    const blurred = tf.add(1, blur(offsets, 0.8));
    expect(await distance(await step({ blur: { sigma: 0.8, every: 1 } }), blurred)).toBeLessThan(1e-5);
    expect(await distance(await step({ blur: { sigma: 0.8, every: 2 } }), tf.add(x, climb))).toBeLessThan(1e-5);
    const faint = tf.add(1, clipByNorm(offsets, 0.25));
    expect(await distance(await step({ clipByNorm: 0.25 }), faint)).toBeLessThan(1e-5);
    const idle = tf.add(1, clipByContribution(offsets, gradient, 0.25));
    expect(await distance(await step({ clipByContribution: 0.25 }), idle)).toBeLessThan(1e-5);
    const narrow = await step({ range: [1.5, 2] });
    expect(await distance(narrow, tf.clipByValue(narrow, 1.5, 2))).toBe(0);
  });

  test('looks at the image shifted both ways, and turned by degrees', async () => {
    const pixel = transparent();
    const image = tf.fill([8, 8, 1], 0.5);
    const at = [4, 4] as const;
    const moved = async (options: object) => {
      const target = { layer: 'one', channel: 0, at, ...options };
      const places: [number, number][] = [];
      for (let seed = 0; seed < 24; seed++) {
        const next = await activationMaximization(pixel, {
          ...still,
          image,
          ...options,
          seed,
          target: { layer: target.layer, channel: 0, at: target.at },
        });
        const values = await tf.abs(tf.sub(next, image)).data();
        for (const [i, value] of values.entries()) if (value > 1e-4) places.push([Math.floor(i / 8), i % 8]);
      }
      return places;
    };
    const shifted = await moved({ jitter: 2 });
    expect(shifted.length).toBe(24);
    for (const d of [0, 1] as const) {
      const offsets = shifted.map((place) => place[d] - 4);
      expect([Math.min(...offsets), Math.max(...offsets)]).toEqual([-2, 2]);
    }
    const turned = await moved({ rotation: 8, at: [0, 4] }); // half a pixel to each side
    expect(turned.every(([row, column]) => row <= 1 && column >= 3 && column <= 5)).toBe(true);
    expect(new Set(turned.map(([, column]) => column)).size).toBe(3);
  });
});

describe('a dream', () => {
  const wide = { seed: 1, range: [-100, 100] as const };

  test('takes back its shifts', async () => {
    const x = tf.slice(images(1), [0, 0, 0, 0], [1, 8, 8, 1]);
    const options = { ...wide, layers: ['two'], octaves: 1, steps: 3 };
    const [shifted, unmoved] = [
      await deepDream(transparent(), x, { ...options, jitter: 3 }),
      await deepDream(transparent(), x, { ...options, jitter: 0 }),
    ];
    expect(await distance(shifted, unmoved)).toBeLessThan(1e-4);
  });

  test('goes up the mean square of its layers by their shares, by a part of the range, and keeps each channel’s mean', async () => {
    const [model, x] = [plainCnn(), images(2)];
    const scores: number[] = [];
    const onProgress = ({ score }: { score: number }) => scores.push(score);
    const options = { ...wide, octaves: 1, steps: 1, jitter: 0, onProgress };
    const dream = await deepDream(model, x, { ...options, layers: { conv1: 2, conv2: 0 } });
    const conv = tf.model({ inputs: model.inputs, outputs: model.getLayer('conv1').output as tf.SymbolicTensor });
    const seen = tf.mean(tf.square(conv.predict(x) as tf.Tensor));
    expect(scores[0]).toBeCloseTo(2 * ((await seen.data())[0] as number), 4);
    const change = tf.sub(dream, x);
    expect(await distance(rms(change), tf.fill([2, 1, 1, 1], 0.02 * 200))).toBeLessThan(1e-3);
    expect(await distance(tf.mean(change, [1, 2]), tf.zeros([2, 2]))).toBeLessThan(1e-4);
    expect(await distance(await deepDream(model, x, { ...options, layers: ['conv1'] }), dream)).toBeLessThan(1e-3);
    expect(await distance(await deepDream(model, x, { ...options, layers: ['conv2'] }), dream)).toBeGreaterThan(0.1);
  });

  test('loses nothing of the image from size to size, none of which is too small on a side', async () => {
    const image = tf.tidy(() => tf.reshape(tf.tile(images(1), [1, 3, 5, 1]), [24, 40, 2]));
    const sizes: string[] = [];
    const same = await deepDream(plainCnn(), image, {
      layers: ['conv1'],
      seed: 1,
      steps: 1,
      learningRate: 0,
      octaves: 3,
      onStep: ({ image: seen }) => void sizes.push(seen.shape.join()),
    });
    expect(sizes).toEqual(['17,29,2', '24,40,2']);
    expect(await distance(same, image)).toBeLessThan(1e-5);
  });
});

test('evolution keeps the best eighth and changes others anew in each generation', async () => {
  const side = 6;
  const pixels = side * side;
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [side, side, 1] })] });
  const generations: number[][][] = [];
  await foolingImage(model, {
    // The whole population stands before the target: the score is the first pixel.
    target: (output) => {
      if (output.shape[0] === 16) generations.push(output.arraySync() as number[][]);
      return tf.slice(output, [0, 0], [-1, 1]);
    },
    seed: 3,
    encoding: 'direct',
    population: 16,
    generations: 4,
    until: 2,
  });
  expect(generations.length).toBe(4);
  const masks: boolean[][] = [];
  for (const [g, images] of generations.entries()) {
    expect(images.flat().every((value) => value >= 0 && value <= 1)).toBe(true);
    if (g === 0) continue;
    const before = [...(generations[g - 1] as number[][])].sort((a, b) => (b[0] as number) - (a[0] as number));
    const kept = before.slice(0, 2);
    expect(images.slice(0, 2)).toEqual(kept);
    const changes = images.slice(2).map((image, k) => image.map((value, i) => value !== kept[k % 2]?.[i]));
    const share = changes.flat().filter(Boolean).length / (14 * pixels);
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.15); // a tenth
    masks.push(changes.flat());
  }
  for (const [g, mask] of masks.slice(1).entries()) {
    const both = mask.filter((changed, i) => changed && masks[g]?.[i]).length;
    expect(both).toBeLessThan(0.3 * mask.filter(Boolean).length); // of independent draws a tenth
  }
});
