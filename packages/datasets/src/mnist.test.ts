import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { digits, type IdxArray, readIdx } from './index';

/** The real data stand beside the project, or where TENON_DATA says. */
const data = process.env.TENON_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const folder = join(data, 'vision/mnist');
const files = ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'].map((name) => join(folder, name));
const present = files.every((file) => existsSync(file));
if (!present) {
  console.warn(
    `skipped: tests on MNIST, for want of its t10k files in ${folder}; put them in $TENON_DATA/vision/mnist`,
  );
}

describe.skipIf(!present)('MNIST', () => {
  let images: IdxArray;
  let labels: IdxArray;

  beforeAll(async () => {
    [images, labels] = (await Promise.all(files.map((file) => readIdx(file)))) as [IdxArray, IdxArray];
  });

  test('readIdx reads its test set', () => {
    expect(images.shape).toEqual([10_000, 28, 28]);
    expect(images.data).toBeInstanceOf(Uint8Array);
    expect(labels.shape).toEqual([10_000]);
    expect([...labels.data.slice(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const counts = new Array(10).fill(0);
    for (const label of labels.data) counts[label]++;
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    let sum = 0;
    for (const value of images.data) sum += value;
    expect(sum / images.data.length).toBeCloseTo(33.7912, 4);
  });

  test('who has seen only MNIST reads most of our digits', () => {
    const ours = digits(200, { seed: 7 });
    const [pixels, named] = [ours.images.dataSync(), ours.labels.dataSync()];
    const right = Array.from({ length: 200 }, (_, i) => i).filter((i) => {
      const at = nearest(pixels.subarray(i * 784, (i + 1) * 784), images.data.subarray(0, 4000 * 784));
      return labels.data[at] === named[i];
    });
    expect(right.length / 200).toBeGreaterThan(0.8);
  });
});

/** The number of the known picture with the least squared difference to one. */
function nearest(picture: ArrayLike<number>, known: IdxArray['data']): number {
  let best = { at: -1, distance: Number.POSITIVE_INFINITY };
  for (let at = 0; at < known.length / picture.length; at++) {
    let distance = 0;
    for (let i = 0; i < picture.length; i++) {
      distance += ((known[at * picture.length + i] as number) - (picture[i] as number)) ** 2;
    }
    if (distance < best.distance) best = { at, distance };
  }
  return best.at;
}
