import { afterEach, expect, test } from 'vitest';
import { IdxError, readIdx } from '../index';

/** Two rows of three bytes. */
const plain = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 253, 254, 255);
const array = { data: plain.slice(12), shape: [2, 3] };

const gzip = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );

const urls: string[] = [];
const urlOf = (bytes: Uint8Array<ArrayBuffer>) => {
  const url = URL.createObjectURL(new Blob([bytes]));
  urls.push(url);
  return url;
};
afterEach(() => {
  for (const url of urls.splice(0)) URL.revokeObjectURL(url);
});

test('reads bytes and URLs, plain and gzip', async () => {
  const zipped = await gzip(plain);
  expect(await readIdx(plain)).toEqual(array);
  expect(await readIdx(zipped)).toEqual(array);
  expect(await readIdx(urlOf(plain))).toEqual(array);
  expect(await readIdx(new URL(urlOf(zipped)))).toEqual(array);
});

test('a path is relative to the page: what is not there, or is a page, is no IDX file', async () => {
  await expect(readIdx('nothing/here-idx3-ubyte.gz')).rejects.toBeInstanceOf(IdxError);
});

test('damage is found', async () => {
  const zipped = await gzip(plain);
  await expect(readIdx(zipped.slice(0, -1))).rejects.toMatchObject({ name: 'IdxError', field: 'gzip data' });
  await expect(readIdx(zipped.map((byte, i) => (i === zipped.length - 5 ? byte ^ 1 : byte)))).rejects.toMatchObject({
    field: 'gzip data',
  });
  await expect(readIdx(plain.slice(0, -1))).rejects.toMatchObject({ field: 'size', found: '17 bytes' });
});

test('a gzip bomb is left unexploded', async () => {
  const bomb = new Uint8Array(100_000_000);
  bomb.set(plain);
  await expect(readIdx(await gzip(bomb))).rejects.toMatchObject({ field: 'size', found: 'more than 18 bytes' });
});
