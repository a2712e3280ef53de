import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type IdxArray, readIdx } from '@tenonjs/datasets';
import * as tf from '@tensorflow/tfjs';

/** The names of MNIST's files, the smaller part first. */
const parts = ['t10k', 'train'] as const;

/** A folder without what was looked for in it. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

export interface Images {
  /** Shape [n, height, width, 1], int32, 0 … 255. */
  images: tf.Tensor4D;
  labels: Uint8Array;
  /** The file that the images came from. */
  file: string;
}

/**
 * Reads MNIST's images and labels from a folder: the test part of 10,000 if it is there, else the training part.
 *
 * @throws DataError when the folder has no such files, or they do not belong together; IdxError when one is broken.
 */
export async function readImages(folder: string): Promise<Images> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new DataError(`--data must be a folder with MNIST's files, got ${folder}, which is none`);
  }
  for (const part of parts) {
    const [images, labels] = [find(folder, `${part}-images-idx3-ubyte`), find(folder, `${part}-labels-idx1-ubyte`)];
    if (images && labels) return together(images, await readIdx(images), labels, await readIdx(labels));
  }
  throw new DataError(
    `--data must be a folder with ${parts.map((part) => `${part}-images-idx3-ubyte`).join(' or ')} and the labels to it, ` +
      `plain or .gz; ${folder} has neither`,
  );
}

const find = (folder: string, name: string): string | undefined =>
  [name, `${name}.gz`].map((file) => join(folder, file)).find((path) => existsSync(path));

function together(file: string, images: IdxArray, labelFile: string, labels: IdxArray): Images {
  const [n, height, width] = images.shape;
  if (images.shape.length !== 3 || !(images.data instanceof Uint8Array)) {
    throw new DataError(`${file}: images must be bytes of shape [n, height, width], got shape [${images.shape}]`);
  }
  if (labels.shape.length !== 1 || labels.shape[0] !== n || !(labels.data instanceof Uint8Array)) {
    throw new DataError(
      `${labelFile}: labels must be bytes of shape [${n}], one an image, got shape [${labels.shape}]`,
    );
  }
  return {
    images: tf.tensor4d(Int32Array.from(images.data), [n as number, height as number, width as number, 1], 'int32'),
    labels: labels.data,
    file,
  };
}
