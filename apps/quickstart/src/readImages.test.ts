import { join } from 'node:path';
import { IdxError } from '@tenonjs/datasets';
import { type Device, initDevice } from '@tenonjs/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataError, readImages } from './readImages.ts';
import { digitFolder, folderWith, idx } from './testing/idx.ts';

const images = idx([3, 2, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
const labels = idx([3], [5, 0, 4]);

let device: Device;
beforeEach(async () => {
  device = await initDevice({ prefer: ['cpu'] });
});
afterEach(() => device.dispose());

test('images and labels are read, plain or gzip', async () => {
  const small = await readImages(
    await folderWith({ 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels }),
  );
  expect(small.images.shape).toEqual([3, 2, 2, 1]);
  expect([small.images.dtype, (await small.images.data())[11]]).toEqual(['int32', 255]);
  expect([...small.labels]).toEqual([5, 0, 4]);
  const folder = await digitFolder(12);
  device = await initDevice({ prefer: ['cpu'] });
  const drawn = await readImages(folder);
  expect(drawn.images.shape).toEqual([12, 28, 28, 1]);
});

test('a broken file is an error that names it, and what is wrong with it', async () => {
  const folder = await folderWith({
    't10k-images-idx3-ubyte': images.subarray(0, 20),
    't10k-labels-idx1-ubyte': labels,
  });
  const reading = readImages(folder);
  await expect(reading).rejects.toThrow(IdxError);
  await expect(reading).rejects.toThrow(`${join(folder, 't10k-images-idx3-ubyte')}: size must be 28 bytes`);
});

test.each([
  [{}, 'has neither'],
  [{ 't10k-images-idx3-ubyte': images }, 'has neither'],
  [
    { 't10k-images-idx3-ubyte': images, 't10k-labels-idx1-ubyte': idx([2], [5, 0]) },
    'labels must be bytes of shape [3], one an image, got shape [2]',
  ],
  [
    { 't10k-images-idx3-ubyte': labels, 't10k-labels-idx1-ubyte': labels },
    'images must be bytes of shape [n, height, width], got shape [3]',
  ],
])('files that are missing or do not belong together are refused', async (files, message) => {
  const reading = readImages(await folderWith(files as Record<string, Uint8Array>));
  await expect(reading).rejects.toThrow(DataError);
  await expect(reading).rejects.toThrow(message);
});

test('a folder that is none is refused', async () => {
  await expect(readImages('no/such/folder')).rejects.toThrow(
    "--data must be a folder with MNIST's files, got no/such/folder, which is none",
  );
});
