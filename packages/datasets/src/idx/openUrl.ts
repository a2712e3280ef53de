import type { ByteStream } from './byteStreams';

/** The bytes behind a URL, as they come. */
export async function openUrl(url: string | URL): Promise<ByteStream> {
  const response = await fetch(url);
  if (response.ok && response.body) return response.body;
  await response.body?.cancel();
  throw new Error(`status ${response.status} ${response.statusText}`.trim());
}
