import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { digits } from './digits';

const PIXELS = 28 * 28;
const N = 1003;

const arraysOf = (n: number, seed: number) => {
  const { images, labels } = digits(n, { seed });
  const pixels = images.dataSync() as Int32Array;
  const named = labels.dataSync() as Int32Array;
  tf.dispose([images, labels]);
  return {
    labels: named,
    pictures: Array.from({ length: n }, (_, i) => pixels.subarray(i * PIXELS, (i + 1) * PIXELS)),
  };
};
const { pictures, labels } = arraysOf(N, 7);
const unseen = arraysOf(200, 8);

describe('digits', () => {
  test('gives images and labels, int32, and no other tensor', () => {
    const before = tf.memory().numTensors;
    const { images, labels } = digits(3, { seed: 0 });
    expect(tf.memory().numTensors).toBe(before + 2);
    expect([images.shape, images.dtype]).toEqual([[3, 28, 28, 1], 'int32']);
    expect([labels.shape, labels.dtype]).toEqual([[3], 'int32']);
    tf.dispose([images, labels]);
  });

  test('every label comes as often as every other, give or take one, and not in turn', () => {
    const counts = new Array(10).fill(0);
    for (const label of labels) counts[label]++;
    expect(counts).toEqual([101, 101, 101, 100, 100, 100, 100, 100, 100, 100]);
    const steps = labels.slice(1).filter((label, i) => (label - (labels[i] as number) + 10) % 10 === 1).length;
    expect(Math.abs(steps / N - 0.1)).toBeLessThan(0.04);
  });

  test('light ink on dark paper, with a dark frame', () => {
    for (const picture of pictures) {
      expect(Math.min(...picture)).toBe(0);
      expect(Math.max(...picture)).toBeLessThanOrEqual(255);
      expect(Math.max(...picture)).toBeGreaterThan(200);
      const ink = picture.reduce((sum, value) => sum + value, 0) / PIXELS / 255;
      expect(ink).toBeGreaterThan(0.02);
      expect(ink).toBeLessThan(0.35);
      const frame = picture.filter((_, i) => i < 28 || i >= PIXELS - 28 || i % 28 === 0 || i % 28 === 27);
      expect(Math.max(...frame)).toBe(0);
    }
  });

  test('ink and contrast are like those of MNIST: a mean of 0.13 and a deviation of 0.31', () => {
    const all = pictures.flatMap((picture) => [...picture]).map((value) => value / 255);
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
    expect(Math.abs(mean - 0.13)).toBeLessThan(0.02);
    expect(Math.abs(deviation - 0.31)).toBeLessThan(0.02);
  });

  test('the middle of the ink is near the middle of the picture, as in MNIST', () => {
    for (const picture of pictures) {
      const ink = picture.reduce((sum, value) => sum + value, 0);
      const row = picture.reduce((sum, value, i) => sum + value * (Math.floor(i / 28) + 0.5), 0) / ink;
      const column = picture.reduce((sum, value, i) => sum + value * ((i % 28) + 0.5), 0) / ink;
      expect(Math.max(Math.abs(row - 14), Math.abs(column - 14))).toBeLessThan(2.5);
    }
  });

  test('no two are alike, and every digit is written in many ways', () => {
    expect(new Set(pictures.map((picture) => picture.join())).size).toBe(N);
    for (let digit = 0; digit < 10; digit++) {
      const same = pictures.filter((_, i) => labels[i] === digit);
      // The pixels that half of the hands ink and half do not: the mean spread of a pixel.
      const spread = Array.from({ length: PIXELS }, (_, pixel) => {
        const values = same.map((picture) => (picture[pixel] as number) / 255);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      });
      expect(spread.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(20);
    }
  });

  test('the ink is in one piece, and leaves the holes of its digit', () => {
    const pieces = pictures.map((picture) => regions(picture, (value) => value >= 60));
    // The largest region of paper is the one around the digit.
    const holes = pictures.map((picture) => regions(picture, (value) => value < 100).slice(1));
    /** In how many of a digit's pictures the holes are as they should be. */
    const share = (digit: number, fit: (rows: number[]) => boolean) => {
      const ours = holes.filter((_, i) => labels[i] === digit);
      return ours.filter(fit).length / ours.length;
    };
    expect(pieces.filter(({ length }) => length === 1).length / N).toBeGreaterThan(0.98);
    for (const digit of [1, 3, 5, 7]) expect(share(digit, (rows) => rows.length === 0)).toBeGreaterThan(0.85);
    expect(share(0, (rows) => rows.length === 1)).toBeGreaterThan(0.95);
    expect(share(8, (rows) => rows.length === 2)).toBeGreaterThan(0.95);
    // Where the pen crosses its own line there may be a second, small hole.
    expect(share(6, ([row = 0]) => row > 14)).toBeGreaterThan(0.95);
    expect(share(9, ([row = 28]) => row < 14)).toBeGreaterThan(0.95);
  });

  test('a picture can be told from its neighbours: nine in ten by the nearest of a thousand others', () => {
    const right = unseen.pictures.filter((picture, i) => labels[nearest(picture, pictures)] === unseen.labels[i]);
    expect(right.length / 200).toBeGreaterThan(0.9);
  });

  test('the seed decides', () => {
    expect(arraysOf(20, 7)).toEqual(arraysOf(20, 7));
    expect(unseen.labels).not.toEqual(labels.slice(0, 200));
    const known = new Set(pictures.map((picture) => picture.join()));
    expect(unseen.pictures.filter((picture) => known.has(picture.join()))).toEqual([]);
  });

  test('says what it takes', () => {
    for (const n of [0, -1, 1.5, Number.NaN, undefined as never]) {
      expect(() => digits(n, { seed: 1 })).toThrow(new RangeError(`digits: n must be a positive integer, got ${n}`));
    }
    for (const seed of [undefined as never, -1, 0.5, 2 ** 53]) {
      expect(() => digits(5, { seed })).toThrow(`digits: seed must be an integer in [0, 2^53), got ${seed}`);
    }
    expect(() => digits(5, undefined as never)).toThrow('digits: seed must be');
  });
});

/** Which of the known pictures is nearest to one, by the squared difference of their pixels. */
function nearest(picture: Int32Array, known: Int32Array[]): number {
  const distances = known.map((other) =>
    other.reduce((sum, value, i) => sum + (value - (picture[i] as number)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}

/** The connected regions of a picture whose pixels pass a test, largest first: the mean row of each. */
function regions(picture: Int32Array, passes: (value: number) => boolean): number[] {
  const left = new Set([...picture.keys()].filter((i) => passes(picture[i] as number)));
  const found: { size: number; row: number }[] = [];
  for (const start of left) {
    const region = [start];
    left.delete(start);
    for (const at of region) {
      const column = at % 28;
      const beside = [at - 28, at + 28, ...(column > 0 ? [at - 1] : []), ...(column < 27 ? [at + 1] : [])];
      for (const next of beside) if (left.delete(next)) region.push(next);
    }
    const row = region.reduce((sum, at) => sum + Math.floor(at / 28) + 0.5, 0) / region.length;
    found.push({ size: region.length, row });
  }
  return found.sort((a, b) => b.size - a.size).map(({ row }) => row);
}
