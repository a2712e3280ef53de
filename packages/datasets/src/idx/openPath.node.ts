import { readFile } from 'node:fs/promises';
import { streamOf } from './byteStreams';

/** The bytes of a file: a path, or a `file:` URL. */
export async function openPath(path: string | URL): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  return streamOf(await readFile(path));
}
