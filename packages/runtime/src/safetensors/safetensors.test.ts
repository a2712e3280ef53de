import { describe, expect, test } from 'vitest';
import type { SafetensorsEntry } from './format';
import { readSafetensors } from './readSafetensors';
import { writeSafetensors } from './writeSafetensors';

const sample: Record<string, SafetensorsEntry> = {
  'layer.kernel': { shape: [2, 3], data: new Float32Array([1, 2, 3, 4, 5, -0.5]) },
  steps: { shape: [], data: new Int32Array([7]) },
  odd: { shape: [3], data: new Uint8Array([1, 2, 255]) },
  exact: { shape: [1], data: new Float64Array([Math.PI]) },
  long: { shape: [2], data: new BigInt64Array([-1n, 2n ** 62n]) },
  empty: { shape: [0, 4], data: new Float32Array() },
};
const types = { 'layer.kernel': 'F32', steps: 'I32', odd: 'U8', exact: 'F64', long: 'I64', empty: 'F32' };
/** What is read of it: every entry tells its type. */
const sampleRead = Object.fromEntries(Object.entries(types).map(([name, dtype]) => [name, { ...sample[name], dtype }]));

/** A file with this header text before this many bytes of data. */
function file(header: unknown, dataBytes: number, claimed?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

test('what is written is read back, type by type, bit by bit', () => {
  const { tensors, metadata } = readSafetensors(writeSafetensors(sample, { epoch: '3' }));
  expect(tensors).toEqual(sampleRead);
  expect(metadata).toEqual({ epoch: '3' });
});

test('a file in the middle of a larger buffer is read as well', () => {
  const bytes = writeSafetensors(sample);
  const larger = new Uint8Array(bytes.length + 11).fill(9);
  larger.set(bytes, 5);
  expect(readSafetensors(larger.subarray(5, 5 + bytes.length)).tensors).toEqual(sampleRead);
});

test('the bytes are those of the format: length, JSON, little-endian data', () => {
  const bytes = writeSafetensors({ a: { shape: [1], data: new Float32Array([1]) } });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
    a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
  });
  expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f]);
  expect((8 + length) % 8).toBe(0);
});

test('names may be any, the same in two objects or as text, too', () => {
  const names = ['__proto__', 'toString', 'a "b": {', 'dtype', '\\', ''];
  const entry = { shape: [1], data: new Float32Array([1]) };
  const { tensors, metadata } = readSafetensors(
    writeSafetensors(Object.fromEntries(names.map((name) => [name, entry])), { a: 'dtype', dtype: '{"a":1,"a":2}' }),
  );
  expect(Object.keys(tensors)).toEqual(names);
  expect(metadata).toEqual({ a: 'dtype', dtype: '{"a":1,"a":2}' });
});

test('reading takes bytes alone', () => {
  expect(() => readSafetensors(new ArrayBuffer(8) as unknown as Uint8Array)).toThrow(
    'readSafetensors: bytes must be a Uint8Array, got [object ArrayBuffer]; new Uint8Array(buffer)',
  );
});

test('writing refuses what does not fit', () => {
  expect(() => writeSafetensors({}, { epoch: 3 as unknown as string })).toThrow(
    'writeSafetensors: metadata.epoch must be text, got number',
  );
  expect(() => writeSafetensors({ a: { shape: [2], data: new Float32Array(3) } })).toThrow(
    'writeSafetensors: a must have data for its shape [2], got 3 numbers',
  );
  expect(() => writeSafetensors({ a: { shape: [2], data: [1, 2] as never } })).toThrow(TypeError);
  const f16 = (data: SafetensorsEntry['data']) => ({ a: { shape: [2], data, dtype: 'F16' as const } });
  expect(() => writeSafetensors(f16(new Float64Array(2)))).toThrow(
    'writeSafetensors: a must be a Float32Array for dtype F16, got [object Float64Array]',
  );
  expect(() => writeSafetensors({ a: { shape: [2], data: new Uint8Array([1, 2]), dtype: 'BOOL' } })).toThrow(
    'writeSafetensors: a must hold zeros and ones for dtype BOOL',
  );
  expect(() => writeSafetensors({ a: { shape: [2], data: new Uint8Array(2), dtype: 'F8' as never } })).toThrow(
    /dtype of a must be one of F64.* got F8/,
  );
  expect(() => writeSafetensors({ __metadata__: { shape: [0], data: new Float32Array() } })).toThrow(RangeError);
});

describe('reading refuses, naming file and field,', () => {
  const entry = (changes: object) => ({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...changes } });
  const cases: [string, Uint8Array, RegExp][] = [
    ['a file shorter than its prefix', new Uint8Array(5), /length of w must be at least 8 bytes, got 5/],
    ['a header length beyond the file', file({}, 0, 100n), /header length of w must be at most the 2 bytes .* got 100/],
    [
      'a header length that would overflow',
      file({}, 0, 2n ** 64n - 1n),
      /header length of w .* got 18446744073709551615/,
    ],
    ['a header that is no JSON', file('{oops', 0), /header of w must be JSON/],
    ['a header that is no object', file([1], 0), /header of w must be a JSON object, got \[1\]/],
    ['an unknown type', file(entry({ dtype: 'F8' }), 8), /a\.dtype of w must be one of F64.* got F8/],
    ['a type that is a property of every object', file(entry({ dtype: 'toString' }), 8), /a\.dtype of w/],
    ['a negative size', file(entry({ shape: [-2] }), 8), /a\.shape of w must be non-negative integers, got \[-2\]/],
    ['sizes whose product overflows', file(entry({ shape: [2 ** 40, 2 ** 40] }), 8), /a\.shape of w/],
    [
      'offsets beyond the data',
      file(entry({ data_offsets: [0, 16] }), 8),
      /a\.data_offsets of w must be a range within 8 bytes/,
    ],
    ['offsets in reverse', file(entry({ data_offsets: [8, 0] }), 8), /a\.data_offsets of w must be a range/],
    [
      'offsets of another size than the shape',
      file(entry({ data_offsets: [0, 4] }), 4),
      /must be 8 bytes long for \[2\] F32, got 4/,
    ],
    [
      'half as many bytes as numbers of 16 bits take',
      file({ a: { dtype: 'BF16', shape: [4], data_offsets: [0, 4] } }, 4),
      /must be 8 bytes long for \[4\] BF16, got 4/,
    ],
    [
      'truth that is neither 0 nor 1',
      file({ a: { dtype: 'BOOL', shape: [2], data_offsets: [0, 2] } }, 2).fill(7, -1),
      /a's data of w must be zeros and ones, as BOOL/,
    ],
    ['offsets that are no numbers', file(entry({ data_offsets: ['0', 8] }), 8), /two non-negative integers/],
    [
      'overlapping tensors',
      file({ ...entry({}), b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] } }, 12),
      /b\.data_offsets of w must be beginning at 8.* got 4/,
    ],
    [
      'a hole between tensors',
      file({ ...entry({}), b: { dtype: 'F32', shape: [1], data_offsets: [12, 16] } }, 16),
      /b\.data_offsets .* got 12/,
    ],
    ['bytes after the last tensor', file(entry({}), 9), /data of w must be 8 bytes, as the header says, got 9/],
    [
      'metadata that is not text',
      file({ __metadata__: { a: 1 } }, 0),
      /__metadata__ of w must be an object of strings/,
    ],
  ];
  const twice = '"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
  cases.push(
    ['two tensors of one name', file(`{${twice},${twice}}`, 4), /header of w must be without a name .* twice, got a/],
    [
      'one name, written in two ways',
      file(`{${twice},${twice.replace('a', '\\u0061')}}`, 4),
      /header of w must be without a name .* twice, got a/,
    ],
    [
      'a field that is there twice',
      file(`{${twice.replace('"shape"', '"shape":[2],"shape"')}}`, 4),
      /header of w must be without a name .* twice, got shape/,
    ],
    [
      'two texts of metadata',
      file('{"__metadata__":{"a":"1","a":"2"}}', 0),
      /header of w must be without a name .* got a/,
    ],
  );
  test.each(cases)('%s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'w')).toThrow(RangeError);
    expect(() => readSafetensors(bytes, 'w')).toThrow(message);
  });

  test('every truncation of a good file', () => {
    const bytes = writeSafetensors(sample);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.subarray(0, length))).toThrow(/^readSafetensors: /);
    }
  });
});
