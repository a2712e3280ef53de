import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { IdxError } from './idxError';
import { type IdxArray, readIdx } from './readIdx';

/** Each type of the format: its code, its typed array, and how one number is written. */
const kinds = {
  ubyte: { code: 0x08, Numbers: Uint8Array, put: 'setUint8' },
  sbyte: { code: 0x09, Numbers: Int8Array, put: 'setInt8' },
  short: { code: 0x0b, Numbers: Int16Array, put: 'setInt16' },
  int: { code: 0x0c, Numbers: Int32Array, put: 'setInt32' },
  float: { code: 0x0d, Numbers: Float32Array, put: 'setFloat32' },
  double: { code: 0x0e, Numbers: Float64Array, put: 'setFloat64' },
} as const;
type Kind = keyof typeof kinds;

/** Writes an IDX file as its definition says. */
function writeIdx(kind: Kind, shape: number[], numbers: ArrayLike<number>): Uint8Array {
  const { code, Numbers, put } = kinds[kind];
  const bytes = new Uint8Array(4 + 4 * shape.length + numbers.length * Numbers.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, shape.length]);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  Array.from(numbers).forEach((number, i) => {
    view[put](4 + 4 * shape.length + i * Numbers.BYTES_PER_ELEMENT, number);
  });
  return bytes;
}

/** Six bytes in two rows: a header of 12 bytes, 18 in all. */
const small = writeIdx('ubyte', [2, 3], [0, 1, 2, 253, 254, 255]);
const smallArray = { data: Uint8Array.of(0, 1, 2, 253, 254, 255), shape: [2, 3] };
/** Incompressible enough that its gzip has a body to damage. */
const long = writeIdx(
  'ubyte',
  [5000],
  Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251),
);
const changed = (bytes: Uint8Array, at: number, value: number) =>
  Uint8Array.from(bytes, (b, i) => (i === at ? value : b));

/** The error that reading must end with. */
async function failure(source: Parameters<typeof readIdx>[0]): Promise<IdxError> {
  const outcome = await readIdx(source).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(IdxError);
  return outcome as IdxError;
}

describe('what a header can say', () => {
  test('the bytes of MNIST, by hand', async () => {
    // Magic 00 00 08 03; 1 image of 2 rows and 2 columns.
    const bytes = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 10, 20, 30, 255];
    expect(await readIdx(Uint8Array.from(bytes))).toEqual({ data: Uint8Array.of(10, 20, 30, 255), shape: [1, 2, 2] });
  });

  test('numbers are big-endian', async () => {
    const read = async (...bytes: number[]) => [...(await readIdx(Uint8Array.from(bytes))).data];
    expect(await read(0, 0, 0x0b, 1, 0, 0, 0, 2, 0x01, 0x02, 0xff, 0xfe)).toEqual([258, -2]);
    expect(await read(0, 0, 0x0c, 1, 0, 0, 0, 1, 0x01, 0x02, 0x03, 0x04)).toEqual([16909060]);
    expect(await read(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0)).toEqual([1.5]);
    expect(await read(0, 0, 0x0e, 1, 0, 0, 0, 1, 0xc0, 0x04, 0, 0, 0, 0, 0, 0)).toEqual([-2.5]);
    expect(await read(0, 0, 0x09, 1, 0, 0, 0, 2, 0x80, 0x7f)).toEqual([-128, 127]);
  });

  test('a size field is unsigned: its top bit is no sign', async () => {
    expect(await failure(changed(small, 4, 0x80))).toMatchObject({
      field: 'shape',
      found: expect.stringContaining('2147483650 × 3'),
    });
  });

  test('any array of any type comes back as it was, plain and gzipped', async () => {
    const arrays = fc
      .record({
        kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])),
        shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
        offset: fc.nat(7),
        seed: fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 9 }),
      })
      .map(({ kind, shape, offset, seed }) => {
        const size = shape.reduce((a, b) => a * b, 1);
        return {
          kind,
          shape,
          offset,
          data: new kinds[kind].Numbers(Array.from({ length: size }, (_, i) => seed[i % seed.length] as number)),
        };
      });
    await fc.assert(
      fc.asyncProperty(arrays, fc.boolean(), async ({ kind, shape, data, offset }, zipped) => {
        const file = writeIdx(kind, shape, data);
        const bytes = zipped ? gzipSync(file) : file;
        // The bytes may be a window into a larger buffer, at any offset.
        const window = new Uint8Array(offset + bytes.length + 3).subarray(offset, offset + bytes.length);
        window.set(bytes);
        expect(await readIdx(window)).toEqual({ data, shape });
      }),
      { numRuns: 150 },
    );
  });

  test('the result stands alone: changing the source afterwards changes nothing', async () => {
    const bytes = small.slice();
    const { data } = await readIdx(bytes);
    bytes.fill(7);
    expect(data).toEqual(smallArray.data);
  });
});

describe('where bytes come from', () => {
  let folder: string;
  let server: Server;
  let origin: string;
  /** Told when an endless answer is no longer wanted. */
  const hungUp = vi.fn();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idx-'));
    await writeFile(join(folder, 'small-idx2-ubyte'), small);
    await writeFile(join(folder, 'small-idx2-ubyte.gz'), gzipSync(small));
    server = createServer(({ url }, response) => {
      if (url === '/plain') response.end(small);
      else if (url === '/encoded.gz') response.setHeader('content-encoding', 'gzip').end(gzipSync(small));
      else if (url === '/raw.gz') response.end(gzipSync(small));
      else if (url === '/empty') response.writeHead(204).end();
      else if (url === '/page') response.end('<!doctype html><title>Welcome</title>');
      else if (url === '/broken')
        response.writeHead(200, { 'content-length': 18 }).write(small.subarray(0, 9), () => response.destroy());
      else if (url === '/endless') {
        response.on('close', hungUp);
        const more = () => response.write(new Uint8Array(16_384), () => setImmediate(more));
        response.write(small, more);
      } else if (url === '/endless.gz') {
        response.on('close', hungUp);
        const zip = createGzip();
        zip.pipe(response);
        const more = () => zip.write(new Uint8Array(65_536), () => setImmediate(more));
        zip.write(small, more);
      } else response.writeHead(404).end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  });

  test('an ArrayBuffer, a Uint8Array, a Buffer', async () => {
    expect(await readIdx(small.slice().buffer)).toEqual(smallArray);
    expect(await readIdx(small)).toEqual(smallArray);
    expect(await readIdx(Buffer.from(small))).toEqual(smallArray);
  });

  test.each(['small-idx2-ubyte', 'small-idx2-ubyte.gz'])('a path, a file: URL and its string: %s', async (name) => {
    const path = join(folder, name);
    expect(await readIdx(path)).toEqual(smallArray);
    expect(await readIdx(pathToFileURL(path))).toEqual(smallArray);
    expect(await readIdx(pathToFileURL(path).href)).toEqual(smallArray);
  });

  test.each(['/plain', '/raw.gz', '/encoded.gz'])('an http URL and its string: %s', async (path) => {
    expect(await readIdx(origin + path)).toEqual(smallArray);
    expect(await readIdx(new URL(path, origin))).toEqual(smallArray);
  });

  test('a file that is not there is named', async () => {
    const path = join(folder, 'nothing.gz');
    const error = await failure(path);
    expect(error).toMatchObject({ file: path, field: 'file', expected: 'readable' });
    expect(error.message).toContain(`readIdx: ${path}: file must be readable, found ENOENT`);
    expect((await failure(folder)).found).toContain('EISDIR');
  });

  test('a server that has no such file, no such server, no such URL', async () => {
    expect((await failure(`${origin}/missing`)).message).toBe(
      `readIdx: ${origin}/missing: file must be readable, found status 404 Not Found`,
    );
    const gone = createServer();
    await new Promise<void>((ready) => gone.listen(0, '127.0.0.1', ready));
    const { port } = gone.address() as AddressInfo;
    await new Promise((closed) => gone.close(closed));
    expect(await failure(`http://127.0.0.1:${port}/x`)).toMatchObject({
      field: 'file',
      found: expect.stringContaining('ECONNREFUSED'),
    });
    expect((await failure(`${origin}/empty`)).found).toBe('status 204 No Content');
    expect((await failure('http://')).field).toBe('file');
  });

  test('a page in place of the file', async () => {
    expect(await failure(`${origin}/page`)).toMatchObject({
      file: `${origin}/page`,
      field: 'magic',
      found: '3c 21 64 6f',
    });
  });

  test('a connection that breaks', async () => {
    expect((await failure(`${origin}/broken`)).field).toMatch(/^file$/);
  });

  test.each(['/endless', '/endless.gz'])('a server that never stops is not listened to for ever: %s', async (path) => {
    hungUp.mockClear();
    expect(await failure(origin + path)).toMatchObject({ field: 'size', found: 'more than 18 bytes' });
    await vi.waitFor(() => expect(hungUp).toHaveBeenCalledOnce());
  });

  test('anything else is refused', async () => {
    await expect(readIdx(42 as never)).rejects.toThrow(
      new TypeError('readIdx: source must be a path, a URL, an ArrayBuffer or a Uint8Array, got number'),
    );
    await expect(readIdx(undefined as never)).rejects.toThrow(TypeError);
  });
});

describe('a file that is not what it should be', () => {
  const overflow = writeIdx('double', [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []);
  /** 2³² · 2³¹ · 2 = 2⁶⁴ bytes, which is 0 in 64-bit arithmetic. */
  const wrapsToZero = writeIdx('short', [2 ** 31, 2 ** 31, 2], []);
  test.each<[string, Uint8Array, Pick<IdxError, 'field' | 'expected' | 'found'>]>([
    ['nothing', new Uint8Array(), { field: 'header', expected: 'complete', found: '0 bytes in all' }],
    ['two bytes', small.slice(0, 2), { field: 'header', expected: 'complete', found: '2 bytes in all' }],
    ['half a header', small.slice(0, 11), { field: 'header', expected: 'complete', found: '11 bytes in all' }],
    [
      'no data',
      small.slice(0, 12),
      { field: 'size', expected: '18 bytes (12 of header and 2 × 3 numbers of 1)', found: '12 bytes' },
    ],
    [
      'a byte short',
      small.slice(0, 17),
      { field: 'size', expected: '18 bytes (12 of header and 2 × 3 numbers of 1)', found: '17 bytes' },
    ],
    [
      'a byte over',
      Uint8Array.of(...small, 0),
      { field: 'size', expected: '18 bytes (12 of header and 2 × 3 numbers of 1)', found: 'more than 18 bytes' },
    ],
    [
      'first byte',
      changed(small, 0, 1),
      { field: 'magic', expected: '00 00, a type code and a rank', found: '01 00 08 02' },
    ],
    [
      'second byte',
      changed(small, 1, 9),
      { field: 'magic', expected: '00 00, a type code and a rank', found: '00 09 08 02' },
    ],
    [
      'type',
      changed(small, 2, 0x0a),
      {
        field: 'type code',
        expected: 'one of 08 (ubyte), 09 (sbyte), 0b (short), 0c (int), 0d (float), 0e (double)',
        found: '0a',
      },
    ],
    ['rank', changed(small, 3, 0), { field: 'rank', expected: 'at least 1', found: '0' }],
    ['no rows', changed(small, 7, 0), { field: 'dimension 0', expected: 'at least 1', found: '0' }],
    ['no columns', changed(small, 11, 0), { field: 'dimension 1', expected: 'at least 1', found: '0' }],
    [
      'an overflow',
      overflow,
      {
        field: 'shape',
        expected: 'at most 2147483647 bytes of data',
        found: `4294967295 × 4294967295 × 4294967295 numbers of 8 bytes, ${(2n ** 32n - 1n) ** 3n * 8n} bytes`,
      },
    ],
    [
      'an overflow to zero',
      wrapsToZero,
      {
        field: 'shape',
        expected: 'at most 2147483647 bytes of data',
        found: '2147483648 × 2147483648 × 2 numbers of 2 bytes, 18446744073709551616 bytes',
      },
    ],
  ])('%s', async (_, bytes, { field, expected, found }) => {
    for (const source of [bytes, gzipSync(bytes)]) {
      const error = await failure(source);
      expect(error).toMatchObject({ file: 'bytes', field, expected, found });
      expect(error.message).toBe(`readIdx: bytes: ${field} must be ${expected}, found ${found}`);
    }
  });

  test('a claim of 2 GB by a file of 12 bytes costs no 2 GB', async () => {
    const before = process.memoryUsage().arrayBuffers;
    expect((await failure(writeIdx('ubyte', [2 ** 31 - 1], []))).field).toBe('size');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });

  test('every truncation of a gzip is found, wherever it stops', async () => {
    const zipped = gzipSync(long);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: zipped.length - 1 }), async (length) => {
        const error = await failure(zipped.subarray(0, length));
        expect(error).toMatchObject({ field: 'gzip data', expected: 'whole and undamaged' });
      }),
      { numRuns: 60 },
    );
    expect((await failure(zipped.subarray(0, zipped.length - 1))).message).toMatch(/unexpected end|Z_BUF_ERROR/);
  });

  test('a damaged gzip is found by its checksum, even when all data came', async () => {
    const zipped = gzipSync(long);
    for (const at of [60, zipped.length - 8, zipped.length - 1]) {
      expect((await failure(changed(zipped, at, (zipped[at] as number) ^ 0x55))).field).toMatch(/gzip data|size/);
    }
    expect((await failure(Uint8Array.of(...zipped, 1, 2, 3))).field).toBe('gzip data');
  });

  test('a gzip bomb is left unexploded', async () => {
    const bomb = gzipSync(Buffer.concat([small, Buffer.alloc(200_000_000)]), { level: 1 });
    const slices = vi.spyOn(bomb, 'subarray');
    expect(await failure(bomb)).toMatchObject({ field: 'size', found: 'more than 18 bytes' });
    const taken = slices.mock.results.reduce((sum, { value }) => sum + value.length, 0);
    expect(taken).toBeLessThan(bomb.length / 2);
  });

  test('whatever is cut off or written over: what the file says, or an IdxError', async () => {
    const damage = fc.record({
      keep: fc.integer({ min: 0, max: small.length }),
      flips: fc.array(fc.tuple(fc.nat(15), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
    });
    const damaged = (bytes: Uint8Array, flips: [number, number][]) =>
      flips.reduce((broken, [at, value]) => changed(broken, at, value), bytes);
    const outcomeOf = (bytes: Uint8Array) => readIdx(bytes).catch((error: unknown) => error);
    let read = 0;
    await fc.assert(
      fc.asyncProperty(damage, async ({ keep, flips }) => {
        const bytes = damaged(small.slice(0, keep), flips);
        const outcome = await outcomeOf(bytes);
        if (!(outcome instanceof IdxError)) {
          const { data, shape } = outcome as IdxArray;
          const kind = (Object.keys(kinds) as Kind[]).find((name) => data instanceof kinds[name].Numbers) as Kind;
          expect(writeIdx(kind, shape, data)).toEqual(bytes);
          read++;
        }
        const unzipped = await outcomeOf(damaged(gzipSync(small), flips));
        if (!(unzipped instanceof IdxError)) expect(unzipped).toEqual(smallArray);
      }),
      { numRuns: 400 },
    );
    expect(read).toBeGreaterThan(0);
  });
});
