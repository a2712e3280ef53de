import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { digits } from '@tenonjs/datasets';
import { initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';

/** Bytes as an IDX file: magic number, sizes, content. */
export function idx(shape: readonly number[], data: ArrayLike<number>): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x0800 + shape.length);
  for (const [axis, size] of shape.entries()) header.writeUInt32BE(size, 4 + 4 * axis);
  return Buffer.concat([header, Uint8Array.from(data)]);
}

/** An empty folder, or one with these files. */
export async function folderWith(files: Record<string, Uint8Array> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quickstart-'));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

/** A folder like MNIST's, with n drawn digits in place of the real ones. */
export async function digitFolder(n: number): Promise<string> {
  const device = await initDevice({ prefer: ['cpu'] });
  const { images, labels } = digits(n, { seed: 1 });
  const files = {
    't10k-images-idx3-ubyte.gz': gzipSync(idx([n, 28, 28], await images.data())),
    't10k-labels-idx1-ubyte': idx([n], await labels.data()),
  };
  tf.dispose([images, labels]);
  device.dispose();
  return folderWith(files);
}
