import {
  arrayTypes,
  bytesOf,
  isCount,
  METADATA,
  PREFIX_BYTES,
  type Safetensors,
  type SafetensorsArray,
  type SafetensorsType,
  sizeOf,
} from './format';
import { widenBF16, widenF16 } from './halves';

/**
 * Reads a safetensors file. Everything the header claims – its own length, types, shapes, offsets – is checked against
 * the bytes that are there before anything is allocated.
 *
 * @param bytes - the whole file.
 * @param name - of the file, for error messages.
 * @returns copies of the arrays, each with its shape and its type in the file, and the metadata. F16 and BF16 come as
 *   Float32Array, exactly; I64 and U64 as BigInt64Array and BigUint64Array; BOOL as a Uint8Array of zeros and ones.
 * @throws RangeError that names file, field, expected and found, when the file is not what it claims to be; TypeError when
 *   bytes are none.
 *
 * Reference: the safetensors format, https://github.com/huggingface/safetensors#format
 *
 * @example
 * const { tensors } = readSafetensors(bytes);
 */
export function readSafetensors(bytes: Uint8Array, name = 'the file'): Safetensors {
  const fail = (field: string, expected: string, found: unknown): never => {
    throw new RangeError(`readSafetensors: ${field} of ${name} must be ${expected}, got ${found}`);
  };

  const kind = Object.prototype.toString.call(bytes); // not by its class, which another realm has as well
  if (kind !== '[object Uint8Array]') {
    throw new TypeError(
      `readSafetensors: bytes must be a Uint8Array, got ${kind}; new Uint8Array(buffer) makes one of an ArrayBuffer`,
    );
  }
  if (bytes.length < PREFIX_BYTES) fail('length', `at least ${PREFIX_BYTES} bytes`, bytes.length);
  const claimed = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const room = bytes.length - PREFIX_BYTES;
  if (claimed > BigInt(room)) fail('header length', `at most the ${room} bytes that follow it`, claimed);
  const headerEnd = PREFIX_BYTES + Number(claimed);
  const { [METADATA]: metadata = {}, ...entries } = parseHeader(bytes.subarray(PREFIX_BYTES, headerEnd), fail);
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    fail(METADATA, 'an object of strings', JSON.stringify(metadata));
  }

  const checked = Object.entries(entries).map(([key, entry]) => checkEntry(key, entry, bytes.length - headerEnd, fail));
  checkCover(checked, bytes.length - headerEnd, fail);

  const tensors = Object.fromEntries(
    checked.map(({ key, type, shape, start, end }) => {
      const range = bytes.subarray(headerEnd + start, headerEnd + end);
      if (type === 'BOOL' && range.some((value) => value > 1))
        fail(`${key}'s data`, 'zeros and ones, as BOOL', 'others');
      return [key, { shape, dtype: type, data: arrayOf(type, range) }];
    }),
  );
  return { tensors, metadata: metadata as Record<string, string> };
}

/** A copy, since the format does not align its numbers, and typed arrays must be. */
function arrayOf(type: SafetensorsType, range: Uint8Array): SafetensorsArray {
  const { buffer } = new Uint8Array(range);
  if (type !== 'F16' && type !== 'BF16') return new arrayTypes[type](buffer);
  const widen = type === 'F16' ? widenF16 : widenBF16;
  return new Float32Array(Uint32Array.from(new Uint16Array(buffer), widen).buffer);
}

interface CheckedEntry {
  key: string;
  type: SafetensorsType;
  shape: number[];
  start: number;
  end: number;
}

type Fail = (field: string, expected: string, found: unknown) => never;

function parseHeader(text: Uint8Array, fail: Fail): Record<string, unknown> {
  let header: unknown;
  let json = '';
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(text);
    header = JSON.parse(json);
  } catch (error) {
    return fail('header', 'JSON', (error as Error).message);
  }
  const name = repeatedName(json);
  if (name !== undefined) fail('header', 'without a name that comes twice', name);
  return isRecord(header) ? header : fail('header', 'a JSON object', JSON.stringify(header));
}

/** A name that an object of a JSON text has twice, which the format forbids; JSON.parse would take the last one. */
function repeatedName(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, text, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    if (token === '}') open.pop();
    if (colon === undefined) continue;
    const name = JSON.parse(text as string) as string;
    if (open.at(-1)?.has(name)) return name;
    open.at(-1)?.add(name);
  }
  return undefined;
}

function checkEntry(key: string, entry: unknown, room: number, fail: Fail): CheckedEntry {
  if (!isRecord(entry)) return fail(key, 'an object', JSON.stringify(entry));
  const { dtype, shape, data_offsets: offsets } = entry;
  const type = typeof dtype === 'string' && Object.hasOwn(arrayTypes, dtype) ? (dtype as SafetensorsType) : undefined;
  if (type === undefined) return fail(`${key}.dtype`, `one of ${Object.keys(arrayTypes).join(', ')}`, dtype);
  const size = Array.isArray(shape) ? sizeOf(shape) : Number.NaN;
  if (!isCount(size)) return fail(`${key}.shape`, 'non-negative integers', JSON.stringify(shape));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    return fail(`${key}.data_offsets`, 'two non-negative integers', JSON.stringify(offsets));
  }
  const [start, end] = offsets as [number, number];
  if (end < start || end > room) return fail(`${key}.data_offsets`, `a range within ${room} bytes`, `[${offsets}]`);
  const wanted = size * bytesOf(type);
  if (end - start !== wanted)
    return fail(`${key}.data_offsets`, `${wanted} bytes long for [${shape}] ${type}`, end - start);
  return { key, type, shape: shape as number[], start, end };
}

/** The format allows neither overlaps nor holes. */
function checkCover(entries: CheckedEntry[], room: number, fail: Fail): void {
  let at = 0;
  for (const { key, start, end } of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start !== at) fail(`${key}.data_offsets`, `beginning at ${at}, where the one before ends`, start);
    at = end;
  }
  if (at !== room) fail('data', `${at} bytes, as the header says`, room);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
