import '@tensorflow/tfjs';
import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { drawMatrices } from './affineMatrices';
import { affineTransform } from './affineTransform';
import { type ColorJitterOptions, colorJitter } from './colorJitter';
import { cutmix } from './cutmix';
import { cutout } from './cutout';
import { gaussianNoise } from './gaussianNoise';
import { symmetricBeta } from './mixing';
import { mixup } from './mixup';
import { randomAffine } from './randomAffine';
import { randomCrop } from './randomCrop';
import { randomErasing } from './randomErasing';
import { randomFlip } from './randomFlip';

const B = 4000;
const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const variance = (numbers: readonly number[]) => mean(numbers.map((x) => (x - mean(numbers)) ** 2));

/** Counts of what happens with probability p in B draws stay within five standard deviations. */
const expectShare = (count: number, p: number) =>
  expect(Math.abs(count / B - p), `${count} of ${B}`).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / B));

/** The largest distance between what was drawn and a uniform law on [low, high]; five times what is usual is refused. */
function expectUniform(numbers: readonly number[], low: number, high: number) {
  const sorted = numbers.map((x) => (x - low) / (high - low)).sort((a, b) => a - b);
  const worst = Math.max(...sorted.map((x, i) => Math.max(Math.abs(x - i / B), Math.abs(x - (i + 1) / B))));
  expect(worst).toBeLessThan(2 / Math.sqrt(B));
}

describe('draws', () => {
  test('as many images are mirrored as is asked for, each way by itself', async () => {
    const x = tf.tile(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), [B, 1, 1, 1]);
    const first = async (direction: 'horizontal' | 'vertical' | 'both') => [
      ...(await tf.slice(randomFlip(x, { direction, probability: 0.3, seed: 1 }), [0, 0, 0, 0], [B, 1, 1, 1]).data()),
    ];
    const count = (numbers: number[], value: number) => numbers.filter((x) => x === value).length;
    expectShare(count(await first('horizontal'), 2), 0.3);
    expectShare(count(await first('vertical'), 3), 0.3);
    const both = await first('both');
    for (const [value, p] of [
      [1, 0.49],
      [2, 0.21],
      [3, 0.21],
      [4, 0.09],
    ] as const)
      expectShare(count(both, value), p);
  });

  test('every piece is as likely, and is one', async () => {
    const x = tf.tile(tf.reshape(tf.range(1, 7), [1, 2, 3, 1]), [B, 1, 1, 1]);
    const pieces = await (randomCrop(x, { size: [2, 3], padding: [1, 2], seed: 2 }) as tf.Tensor4D).array();
    const padded = [
      [0, 0, 0, 0, 0, 0, 0],
      [0, 0, 1, 2, 3, 0, 0],
      [0, 0, 4, 5, 6, 0, 0],
      [0, 0, 0, 0, 0, 0, 0],
    ];
    const places = [0, 1, 2].flatMap((top) =>
      [0, 1, 2, 3, 4].map((left) => padded.slice(top, top + 2).map((row) => row.slice(left, left + 3))),
    );
    const names = places.map((piece) => piece.flat().join());
    const found = pieces.map((piece) => piece.flat(2).join());
    expect(new Set(found)).toEqual(new Set(names));
    for (const name of names) expectShare(found.filter((piece) => piece === name).length, 1 / 15);
  });

  test('angles, moves and scales fill their ranges evenly', async () => {
    const moves = { angle: [-30, 60], scale: [0.5, 2], right: [-1, 2] } as const;
    const rows = await (drawMatrices(B, moves, 3) as tf.Tensor2D).array();
    const of = (read: (m: number[]) => number) => rows.map(read);
    const scaleOf = (m: number[]) => 1 / Math.hypot(m[0] as number, m[3] as number);
    expectUniform(
      of((m) => (Math.atan2(-(m[3] as number), m[0] as number) * 180) / Math.PI),
      -30,
      60,
    );
    expectUniform(of(scaleOf), 0.5, 2);
    const steps = of((m) => {
      const [a, b, c, d] = [m[0], m[1], m[3], m[4]] as [number, number, number, number];
      return -((d * (m[2] as number) - b * (m[5] as number)) / (a * d - b * c));
    }).map((step) => Math.round(step * 1e4) / 1e4);
    for (const step of [-1, 0, 1, 2]) expectShare(steps.filter((x) => Math.abs(x - step) < 1e-3).length, 1 / 4);
  });

  test('affine moves are shares of the width and of the height, to whole places', async () => {
    const [H, W] = [5, 11];
    const dot = tf.tile(
      tf.pad(tf.ones([1, 1, 1, 1]), [
        [0, 0],
        [2, 2],
        [5, 5],
        [0, 0],
      ]),
      [B, 1, 1, 1],
    );
    const y = randomAffine(dot, { degrees: 0, translate: [0.2, 0.21], seed: 12 }); // 2.2 and 1.05 places
    const places = [...(await tf.argMax(tf.reshape(y, [B, H * W]), 1).data())];
    expect(await tf.min(tf.max(y, [1, 2, 3])).data()).toEqual(Float32Array.of(1));
    for (const row of [1, 2, 3]) {
      for (const column of [3, 4, 5, 6, 7]) {
        expectShare(places.filter((place) => place === row * W + column).length, 1 / 15);
      }
    }
  });

  test('affine options are each what it is called', async () => {
    const x = tf.randomUniform([1, 6, 7, 1], 0, 1, 'float32', 3);
    const y = randomAffine(x, { degrees: [10, 10], scale: [0.5, 0.5], shear: [5, 5, 20, 20], fill: 2, seed: 1 });
    const moves = { angle: [10, 10], scale: [0.5, 0.5], shearX: [5, 5], shearY: [20, 20] } as const;
    expect(await distance(y, affineTransform(x, drawMatrices(1, moves, 1), { fill: 2 }))).toBe(0);
    const one = randomAffine(x, { degrees: 0, shear: [5, 5], seed: 1 });
    expect(await distance(one, affineTransform(x, drawMatrices(1, { shearX: [5, 5] }, 1)))).toBe(0);
  });

  test('noise has its standard deviation', async () => {
    const noise = [...(await gaussianNoise(tf.zeros([B, 1, 1, 1]), { std: 0.3, seed: 4 }).data())];
    expect(Math.abs(mean(noise))).toBeLessThan((5 * 0.3) / Math.sqrt(B));
    expect(Math.abs(variance(noise) / 0.09 - 1)).toBeLessThan(5 * Math.sqrt(2 / B));
  });

  test('colours change by factors that fill their ranges evenly', async () => {
    const jittered = async (
      pixels: number[],
      options: Omit<ColorJitterOptions, 'seed'>,
      read: (y: number[]) => number,
    ) => {
      const x = tf.tile(tf.reshape(tf.tensor1d(pixels), [1, 1, pixels.length / 3, 3]), [B, 1, 1, 1]);
      const y = await (tf.reshape(colorJitter(x, { ...options, seed: 11 }), [B, -1]) as tf.Tensor2D).array();
      return y.map(read);
    };
    const first = ([r]: number[]) => r as number;
    const grey = [0.2, 0.2, 0.2];
    expectUniform(await jittered(grey, { brightness: 0.5 }, first), 0.1, 0.3);
    expectUniform(await jittered(grey, { brightness: 1.5 }, first), 0, 0.5); // no factor is below 0
    expectUniform(await jittered(grey, { brightness: [2, 3] }, first), 0.4, 0.6);
    const contrasted = await jittered([0.4, 0.4, 0.4, 0.6, 0.6, 0.6], { contrast: 0.5 }, first);
    expectUniform(contrasted, 0.5 - 0.1 * 1.5, 0.5 - 0.1 * 0.5);
    const own = 0.2989 * 0.5; // the grey of [½, 0, 0]
    expectUniform(
      await jittered([0.5, 0, 0], { saturation: 0.5 }, first),
      own + 0.5 * (0.5 - own),
      own + 1.5 * (0.5 - own),
    );
    const turned = await jittered([1, 0, 0], { hue: 0.1 }, ([, g, b]) => ((g as number) - (b as number)) / 6);
    expectUniform(turned, -0.1, 0.1);
  });

  test('holes of cutout lie about every place alike', async () => {
    const masks = tf.mean(cutout(tf.ones([B, 5, 4, 1]), { size: [4, 2], seed: 5 }), 0);
    const shares = await (tf.reshape(masks, [5, 4]) as tf.Tensor2D).array();
    const [rows, columns] = [
      [3, 4, 4, 3, 2], // of places whose hole reaches a row
      [2, 2, 2, 1],
    ];
    for (const [i, row] of shares.entries()) {
      for (const [j, share] of row.entries()) {
        expectShare(Math.round((1 - share) * B), ((rows?.[i] as number) * (columns?.[j] as number)) / 20);
      }
    }
  });

  test('erased boxes are whole, of the sizes and shapes asked for', async () => {
    const [H, W] = [20, 30];
    const options = { probability: 0.6, scale: [0.1, 0.2], ratio: [0.5, 2], fill: -1, seed: 6 } as const;
    const y = randomErasing(tf.zeros([B, H, W, 1]), options);
    const erased = tf.reshape(tf.neg(y), [B, H, W]);
    const [rows, columns] = [tf.max(erased, 2), tf.max(erased, 1)];
    const [heights, widths, areas] = (await Promise.all(
      [tf.sum(rows, 1), tf.sum(columns, 1), tf.sum(erased, [1, 2])].map(async (sums) => [...(await sums.data())]),
    )) as [number[], number[], number[]];
    expectShare(areas.filter((area) => area > 0).length, 0.6);
    // Every edge is reached.
    const reached = await Promise.all([rows, columns].map(async (sides) => [...(await tf.max(sides, 0).data())]));
    expect(reached.flat().every((side) => side === 1)).toBe(true);
    for (const [i, area] of areas.entries()) {
      if (area === 0) continue;
      const [h, w] = [heights[i] as number, widths[i] as number];
      expect(h * w).toBe(area);
      expect(area / (H * W)).toBeGreaterThan(0.085);
      expect(area / (H * W)).toBeLessThan(0.22);
      expect((h + 1) / (w - 1)).toBeGreaterThan(0.5);
      expect((h - 1) / (w + 1)).toBeLessThan(2);
    }
    const there = areas.filter((area) => area > 0).map((area) => area / (H * W));
    expect(mean(there)).toBeCloseTo(0.15, 2);
    const logs = areas.flatMap((area, i) =>
      area > 0 ? [Math.log((heights[i] as number) / (widths[i] as number))] : [],
    );
    expect(Math.abs(mean(logs))).toBeLessThan(0.05);
  });

  test('a box as wide or as high as the image is none, as in torchvision', async () => {
    const square = { probability: 1, ratio: [1, 1], seed: 6 } as const;
    for (const [H, W] of [
      [4, 6],
      [6, 4],
    ] as const) {
      const x = tf.ones([8, H, W, 1]);
      const sum = (share: number) => tf.sum(randomErasing(x, { ...square, scale: [share, share] })).data();
      expect(await sum(16 / 24)).toEqual(Float32Array.of(8 * 24));
      expect(await sum(9 / 24)).toEqual(Float32Array.of(8 * (24 - 9)));
    }
  });

  test('shares are of the beta law', async () => {
    for (const alpha of [0.2, 0.5, 1, 4]) {
      const shares = [...(await symmetricBeta(B, alpha, 7).data())];
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      const expected = 1 / (4 * (2 * alpha + 1));
      expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(5 * Math.sqrt(expected / B));
      expect(Math.abs(variance(shares) / expected - 1)).toBeLessThan(0.08);
      if (alpha === 1) expectUniform(shares, 0, 1);
      if (alpha === 0.5)
        expectUniform(
          shares.map((share) => Math.asin(2 * share - 1)),
          -Math.PI / 2,
          Math.PI / 2,
        );
    }
  });
});

describe('labels', () => {
  const N = 64;
  const numbered = (H: number, W: number) => tf.mul(tf.reshape(tf.range(0, N), [N, 1, 1, 1]), tf.ones([1, H, W, 1]));
  const oneHot = () => tf.cast(tf.oneHot(tf.range(0, N, 1, 'int32'), N), 'float32');
  const classes = tf.range(0, N);

  test('mixup blends them as it blends images', async () => {
    const { x, y } = mixup(numbered(1, 1), oneHot(), { alpha: 1, seed: 8 });
    const sums = await tf.sum(y, 1).data();
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    const [images, labels] = [await x.data(), await tf.sum(tf.mul(y, classes), 1).data()];
    for (const [i, value] of images.entries()) expect(labels[i]).toBeCloseTo(value, 3);
    expect(variance([...images])).toBeLessThan(variance(Array.from({ length: N }, (_, i) => i)));
  });

  test('cutmix gives each its area', async () => {
    const { x, y } = cutmix(numbered(7, 9), oneHot(), { seed: 9 });
    const [images, labels] = [await (x as tf.Tensor4D).array(), await (y as tf.Tensor2D).array()];
    let mixed = 0;
    for (const [i, image] of images.entries()) {
      const pixels = image.flat(2);
      const counts = new Map<number, number>();
      for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      expect(counts.size).toBeLessThanOrEqual(2);
      if (counts.size === 2) mixed++;
      const label = labels[i] as number[];
      expect(label.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      for (const [c, count] of counts) expect(label[c]).toBeCloseTo(count / pixels.length, 5);
    }
    expect(mixed).toBeGreaterThan(N / 2);
  });

  test('cutmix’s boxes have the shape of the image', async () => {
    const [H, W] = [14, 30];
    const images = await (cutmix(numbered(H, W), oneHot(), { seed: 10 }).x as tf.Tensor4D).array();
    let inside = 0;
    for (const [i, image] of images.entries()) {
      const other = image.map((row) => row.map(([pixel]) => pixel !== i));
      const rows = other.flatMap((row, at) => (row.includes(true) ? [at] : []));
      const columns = (other[0] as boolean[]).flatMap((_, at) => (other.some((row) => row[at]) ? [at] : []));
      if (rows.length === 0 || rows[0] === 0 || rows.at(-1) === H - 1) continue;
      if (columns[0] === 0 || columns.at(-1) === W - 1) continue;
      inside++;
      expect(Math.abs(rows.length / H - columns.length / W)).toBeLessThan(1 / H);
    }
    expect(inside).toBeGreaterThan(3);
  });
});
