import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { images, plainCnn } from '../testing/models';
import { activationMaximization } from './activationMaximization';
import { draw, firstGenomes, genomeSize } from './cppn';
import { deepDream } from './deepDream';
import { foolingImage } from './foolingImage';
import { mutateNormal, mutatePolynomial } from './mutate';
import { clipByContribution, clipByNorm, totalVariation } from './regularizers';
import { blur, roll, rotate } from './transforms';

const square = (rows: number[][]) =>
  tf.reshape(tf.tensor2d(rows), [1, rows.length, rows[0]?.length as number, 1]) as tf.Tensor4D;
const rowsOf = async (x: tf.Tensor) =>
  (await tf.reshape(x, [x.shape[1] as number, x.shape[2] as number]).array()) as number[][];

describe('transforms', () => {
  test('roll goes round, and back', async () => {
    const x = square([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(await rowsOf(roll(x, [1, 1]))).toEqual([
      [6, 4, 5],
      [3, 1, 2],
    ]);
    expect(await rowsOf(roll(x, [-3, -1]))).toEqual([
      [5, 6, 4],
      [2, 3, 1],
    ]);
    const y = images(2);
    expect(await distance(roll(roll(y, [3, -5]), [-3, 5]), y)).toBe(0);
  });

  test('rotate turns counter-clockwise by a quarter exactly, between pixels by bilinear weights, with its transpose as gradient', async () => {
    const x = square([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    const turned = await rowsOf(rotate(x, Math.PI / 2));
    const expected = [
      [3, 6, 9],
      [2, 5, 8],
      [1, 4, 7],
    ];
    for (const [i, row] of turned.entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i]?.[j] as number, 5);
    // A plane stays one under bilinear interpolation: at the middle of an 8 × 8 image, off the border.
    const slope = tf.tidy(() =>
      tf.tile(tf.reshape(tf.linspace(-3.5, 3.5, 8), [1, 1, 8, 1]), [1, 8, 1, 1]),
    ) as tf.Tensor4D;
    const angle = 0.3;
    const found = await rowsOf(rotate(slope, angle));
    expect(found[2]?.[3]).toBeCloseTo(Math.cos(angle) * -0.5 - Math.sin(angle) * -1.5, 4);
    // <rotate x, y> = <x, rotateᵀ y>
    const [a, b] = [images(2, 1), images(2, 2)];
    const back = tf.grad((z: tf.Tensor) => tf.sum(tf.mul(rotate(z as tf.Tensor4D, angle), b)))(a);
    expect(await distance(tf.sum(tf.mul(rotate(a, angle), b)), tf.sum(tf.mul(a, back)))).toBeLessThan(1e-4);
  });

  test('blur keeps the sum of a spot, spreads it by σ, and each channel by itself', async () => {
    const spot = tf.pad(tf.ones([1, 1, 1, 2]), [
      [0, 0],
      [10, 10],
      [10, 10],
      [0, 0],
    ]) as tf.Tensor4D;
    const spread = blur(tf.mul(spot, tf.tensor1d([1, 2])), 1.5);
    const [one, two] = tf.unstack(spread, 3) as [tf.Tensor, tf.Tensor];
    expect(await distance(two, tf.mul(2, one))).toBeLessThan(1e-6);
    const rows = await rowsOf(tf.expandDims(one, 3));
    let [sum, variance] = [0, 0];
    for (const [i, row] of rows.entries()) {
      for (const value of row) {
        sum += value;
        variance += value * (i - 10) ** 2;
      }
    }
    expect(sum).toBeCloseTo(1, 4);
    const flat = tf.ones([1, 5, 6, 1]) as tf.Tensor4D; // to its border
    expect(await distance(blur(flat, 1.5), flat)).toBeLessThan(1e-5);
    expect(variance).toBeCloseTo(1.5 ** 2, 1);
  });
});

describe('regularizers', () => {
  test('total variation by hand', async () => {
    expect(
      (
        await totalVariation(
          square([
            [1, 3],
            [0, 7],
          ]),
        ).data()
      )[0],
    ).toBe((1 + 16 + 4 + 49) / 2);
  });

  test('clipping puts out the pixels that are least worth', async () => {
    const x = square([
      [1, -4],
      [2, 3],
    ]);
    expect(await rowsOf(clipByNorm(x, 0.5))).toEqual([
      [0, -4],
      [0, 3],
    ]);
    expect(
      await rowsOf(
        clipByContribution(
          x,
          square([
            [9, 1],
            [1, 1],
          ]),
          0.5,
        ),
      ),
    ).toEqual([
      [1, -4],
      [0, 0],
    ]);
    expect(await rowsOf(clipByNorm(x, 0))).toEqual([
      [1, -4],
      [2, 3],
    ]);
    expect(await rowsOf(clipByNorm(x, 1))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const colours = tf.tensor4d([3, -3, 2, 2], [1, 1, 2, 2]); // norms √18, √8; sums 0, 4
    expect([...(await tf.abs(clipByContribution(colours, tf.onesLike(colours), 0.5)).data())]).toEqual([0, 0, 2, 2]);
  });
});

describe('evolution', () => {
  test('mutation changes so many numbers, a polynomial one mostly by little and not beyond [0, 1]', async () => {
    const start = tf.fill([100, 100], 0.5);
    const changes = [...(await tf.abs(tf.sub(mutatePolynomial(start, 0.1, 1), start)).data())];
    const moved = changes.filter((change) => change > 0);
    const signed = await tf.sub(mutatePolynomial(start, 0.1, 1), start).data();
    expect(Math.abs(signed.filter((change) => change > 0).length / moved.length - 0.5)).toBeLessThan(0.1);
    expect(moved.length / changes.length).toBeCloseTo(0.1, 1);
    expect(moved.reduce((sum, change) => sum + change, 0) / moved.length).toBeCloseTo(1 - 16 / 17, 2); // E|δ| = 1 − (η+1)/(η+2)
    const edge = await mutatePolynomial(tf.zeros([50, 50]), 1, 1).data();
    expect(Math.min(...edge)).toBe(0);
    const normal = [...(await mutateNormal(tf.zeros([100, 100]), 0.25, 2, 1).data())];
    expect(normal.filter((value) => value !== 0).length / 1e4).toBeCloseTo(0.25, 1);
    expect(Math.sqrt(normal.reduce((sum, value) => sum + value * value, 0) / 2500)).toBeCloseTo(2, 0);
  });

  test('a pattern is a function of the place: smooth, and larger at another size', async () => {
    const genomes = firstGenomes(3, 1, 1);
    expect(genomes.shape).toEqual([3, genomeSize(1)]);
    const [small, large] = [draw(genomes, [5, 5, 1]), draw(genomes, [9, 9, 1])];
    const same = tf.stridedSlice(large, [0, 0, 0, 0], [3, 9, 9, 1], [1, 2, 2, 1]);
    expect(await distance(small, same)).toBeLessThan(1e-5);
    const [values] = [await small.data()];
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.2);
  });
});

describe('options', () => {
  const model = plainCnn();
  const image = images(1);
  test.each([
    ['steps', { steps: 0 }],
    ['range', { range: [1, 0] as const }],
    ['l2Decay', { l2Decay: 2 }],
    ['jitter', { jitter: 0.5 }],
    ['clipByNorm', { clipByNorm: -1 }],
    ['blur.every', { blur: { sigma: 1, every: 0 } }],
  ])('activationMaximization refuses %s out of range', async (name, wrong) => {
    await expect(activationMaximization(model, { target: 0, seed: 1, ...wrong })).rejects.toThrow(
      `activationMaximization: ${name} must be`,
    );
  });

  test('deepDream and foolingImage refuse what is out of range', async () => {
    await expect(deepDream(model, image, { layers: [], seed: 1 })).rejects.toThrow('layers must be at least one name');
    await expect(deepDream(model, image, { layers: ['conv1'], seed: 1, octaveScale: 1 })).rejects.toThrow(
      'octaveScale must be',
    );
    await expect(foolingImage(model, { target: 1, seed: 1, encoding: 'cppn' as never })).rejects.toThrow(
      'encoding must be one of direct, indirect, got cppn',
    );
    await expect(deepDream(model, image, { layers: 'conv1' as never, seed: 1 })).rejects.toThrow(
      'deepDream: layers must be a list of names, or how much each counts by its name, got conv1',
    );
    await expect(deepDream(model, image, { layers: { conv1: Number.NaN }, seed: 1 })).rejects.toThrow(
      'deepDream: layers.conv1 must be a finite number, got NaN',
    );
    await expect(foolingImage(model, { target: 1, seed: 1, until: Number.NaN })).rejects.toThrow(
      'until must be a number',
    );
    await expect(activationMaximization(model, { target: 1, seed: 1, range: 5 as never })).rejects.toThrow(
      'activationMaximization: range must be [low, high] with low < high, got 5',
    );
    await expect(foolingImage(model, { target: 1, seed: 1, population: 4 })).rejects.toThrow('population must be');
    await expect(foolingImage(model, { target: [1] as never, seed: 1 })).rejects.toThrow(
      'target must be one target for one image',
    );
  });

  test.each(['direct', 'indirect'] as const)('evolved images have the numbers of their range, %s', async (encoding) => {
    const options = { target: 1, seed: 1, encoding, generations: 1, population: 8, range: [10, 20] as const };
    const numbers = [...(await (await foolingImage(model, options)).data())];
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(20);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeGreaterThan(3);
  });

  test('evolution ends when the score is as high as is asked for', async () => {
    const steps: number[] = [];
    const evolve = (until: number) =>
      foolingImage(model, {
        target: 1,
        seed: 1,
        generations: 4,
        population: 8,
        until,
        onProgress: ({ step }) => steps.push(step),
      });
    await evolve(0);
    expect(steps).toEqual([1]);
    await evolve(2);
    expect(steps).toEqual([1, 1, 2, 3, 4]);
  });

  test('a dream takes an image of any size, and more octaves where it is large', async () => {
    const large = tf.reshape(tf.tile(image, [1, 4, 5, 1]), [32, 40, 2]);
    const steps: number[] = [];
    const sizes: string[] = [];
    const dream = await deepDream(model, large, {
      layers: { conv1: 1, conv2: 0.5 },
      seed: 1,
      steps: 1,
      onProgress: ({ step, steps: all }) => steps.push(step, all),
      onStep: ({ image: seen }) => void sizes.push(seen.shape.join()),
    });
    expect(dream.shape).toEqual([32, 40, 2]);
    expect(steps).toEqual([1, 3, 2, 3, 3, 3]);
    expect(sizes).toEqual(['16,20,2', '23,29,2', '32,40,2']);
  });

  test('a dream of what comes after a flattening has the one size of the model', async () => {
    const flat = tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3, inputShape: [20, 20, 1] }),
        tf.layers.flatten({ name: 'flat' }),
        tf.layers.dense({ name: 'scores', units: 2 }),
      ],
    });
    const before = tf.memory().numTensors;
    const options = { layers: ['conv', 'scores'], seed: 1, steps: 1 };
    const message =
      "layers must be before a flattening, where images are not all dreamt at the model's size of [20,20]";
    const small = tf.ones([19, 20, 1]);
    await expect(deepDream(flat, small, { ...options, octaves: 1 })).rejects.toThrow(
      `deepDream: ${message}, got scores`,
    );
    const own = tf.ones([20, 20, 1]);
    await expect(deepDream(flat, own, { ...options, octaveScale: 1.1 })).rejects.toThrow(message);
    const dream = await deepDream(flat, own, { ...options, octaves: 1 });
    expect(dream.shape).toEqual([20, 20, 1]);
    const other = await deepDream(flat, small, { ...options, layers: ['conv'] });
    expect(other.shape).toEqual([19, 20, 1]);
    tf.dispose([small, own, dream, other]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('several classes give an image each', async () => {
    const several = await activationMaximization(model, { target: [2, 0], seed: 1, steps: 2 });
    expect(several.shape).toEqual([2, 8, 8, 2]);
    expect((await several.data()).every(Number.isFinite)).toBe(true);
  });
});
