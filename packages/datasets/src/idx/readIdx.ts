import { openPath } from '#openPath';
import { type ByteStream, joined, peek, streamOf } from './byteStreams';
import type { IdxData } from './elementTypes';
import { type IdxHeader, parseHeader } from './header';
import { IdxError } from './idxError';
import { openUrl } from './openUrl';

/** An array as an IDX file holds it: row-major, the last dimension together. */
export interface IdxArray {
  data: IdxData;
  shape: number[];
}

/**
 * Reads an IDX file, the format of MNIST: an array of any rank, of bytes, integers or floats.
 *
 * Gzip is recognised by its first bytes, not by the name, and inflated as it comes. The file is read whole or not at
 * all: its size must be what its header says to the byte, and reading stops once more has come, however much would
 * follow.
 *
 * @param source - a path (in a browser: a URL relative to the page), a `file:`, `http(s):` or `blob:` URL, or bytes.
 * @returns `data`, in the typed array of the file's type, and `shape`, for example [60000, 28, 28].
 * @throws IdxError that names the file, the field, what it must be and what was found: the source cannot be read, is
 *   truncated or has bytes to spare, is damaged gzip, or its header is none (no dimension may be 0, nor the data
 *   larger than 2³¹ − 1 bytes).
 * @throws TypeError when the source is none of the above.
 *
 * Reference: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", 1998, file formats.
 *
 * @example
 * const { data, shape } = await readIdx('mnist/t10k-images-idx3-ubyte.gz'); // Uint8Array, [10000, 28, 28]
 * const images = tf.tensor4d(data, [...shape, 1], 'int32');
 */
export async function readIdx(source: string | URL | ArrayBuffer | Uint8Array): Promise<IdxArray> {
  const { file, open } = locate(source);
  const { head, stream } = await open()
    .then((opened) => peek(opened, 2))
    .catch((cause) => {
      throw new IdxError({ file, field: 'file', expected: 'readable', found: messageOf(cause) }, { cause });
    });
  const zipped = head[0] === 0x1f && head[1] === 0x8b;
  const { header, bytes } = zipped
    ? await collect(file, 'gzip data', stream.pipeThrough(new DecompressionStream('gzip')))
    : await collect(file, 'file', stream);

  const view = new DataView(
    bytes.buffer,
    bytes.byteOffset + header.headerBytes,
    header.totalBytes - header.headerBytes,
  );
  return { data: header.type.decode(view), shape: header.shape };
}

/** What to call the source in messages, and how to open it. */
function locate(source: unknown): { file: string; open: () => Promise<ByteStream> } {
  if (source instanceof Uint8Array) return { file: 'bytes', open: async () => streamOf(source) };
  if (source instanceof ArrayBuffer) return { file: 'bytes', open: async () => streamOf(new Uint8Array(source)) };
  if (source instanceof URL || (typeof source === 'string' && /^(file|https?|blob):/i.test(source))) {
    return { file: String(source), open: async () => openAnyUrl(new URL(source)) };
  }
  if (typeof source === 'string') return { file: source, open: () => openPath(source) };
  throw new TypeError(`readIdx: source must be a path, a URL, an ArrayBuffer or a Uint8Array, got ${typeof source}`);
}

const openAnyUrl = (url: URL): Promise<ByteStream> => (url.protocol === 'file:' ? openPath(url) : openUrl(url));

/** Everything a stream has, which must be exactly what the header at its start says. */
async function collect(
  file: string,
  medium: 'file' | 'gzip data',
  stream: ByteStream,
): Promise<{ header: IdxHeader; bytes: Uint8Array }> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let received = 0;
  let header: IdxHeader | undefined;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      received += value.length;
      header ??= parseHeader(file, joined(pieces));
      if (header && received > header.totalBytes) throw wrongSize(file, header, `more than ${header.totalBytes} bytes`);
    }
  } catch (cause) {
    if (cause instanceof IdxError) {
      await reader.cancel();
      throw cause;
    }
    const found = `${messageOf(cause)}, after ${received} bytes of content`;
    throw new IdxError({ file, field: medium, expected: 'whole and undamaged', found }, { cause });
  }
  if (!header) throw new IdxError({ file, field: 'header', expected: 'complete', found: `${received} bytes in all` });
  if (received < header.totalBytes) throw wrongSize(file, header, `${received} bytes`);
  return { header, bytes: joined(pieces) };
}

function wrongSize(file: string, { headerBytes, shape, type, totalBytes }: IdxHeader, found: string): IdxError {
  const parts = `${headerBytes} of header and ${shape.join(' × ')} numbers of ${type.bytes}`;
  return new IdxError({ file, field: 'size', expected: `${totalBytes} bytes (${parts})`, found });
}

/** What went wrong, in words: platforms put them in the message, the cause or the code. */
function messageOf(error: unknown): string {
  const { message, cause, code } = error as { message?: string; cause?: unknown; code?: string };
  const words = [message, cause ? messageOf(cause) : ''].filter((part) => part !== undefined && part !== '');
  return words.join(': ') || (code ?? String(error));
}
