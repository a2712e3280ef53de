export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** Small slices: each inflates to at most a thousand times its size before the reader can say stop. */
const SLICE = 16 * 1024;

/** Bytes in memory as a stream of small slices, cut when they are asked for. */
export function streamOf(bytes: Uint8Array): ByteStream {
  let at = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, at + SLICE) as Uint8Array<ArrayBuffer>);
        at += SLICE;
      },
    },
    { highWaterMark: 0 },
  );
}

/** Reads at least `count` bytes, or all there are, and gives them with a stream that still holds everything. */
export async function peek(stream: ByteStream, count: number): Promise<{ head: Uint8Array; stream: ByteStream }> {
  const reader = stream.getReader();
  const seen: Uint8Array<ArrayBuffer>[] = [];
  for (let have = 0; have < count; have += seen.at(-1)?.length ?? 0) {
    const { done, value } = await reader.read();
    if (done) break;
    seen.push(value);
  }
  const head = joined(seen);
  const whole: ByteStream = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = seen.length > 0 ? { done: false, value: seen.shift() } : await reader.read();
        if (done || !value) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { head, stream: whole };
}

/** Several pieces as one. */
export function joined(pieces: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
