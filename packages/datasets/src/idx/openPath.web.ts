import { openUrl } from './openUrl';

/** A browser has no files: a path is a URL, relative to the page. */
export async function openPath(path: string | URL): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  return openUrl(path);
}
