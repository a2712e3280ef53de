import { type ElementType, elementTypes } from './elementTypes';
import { IdxError } from './idxError';

/** What the head of an IDX file says about the rest. */
export interface IdxHeader {
  type: ElementType;
  shape: number[];
  headerBytes: number;
  /** Header and data together: exactly this many bytes make the file. */
  totalBytes: number;
}

/** Bytes of magic before the first dimension, and bytes of one dimension. */
const WORD = 4;

/** Larger files are refused: a typed array of more than 2³¹ − 1 bytes is not to be had everywhere. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * Reads the header: two zero bytes, a type code, the rank, and one big-endian uint32 for each dimension.
 *
 * The size is computed in exact integers, so no length field can overflow into a small allocation.
 *
 * @param bytes - the start of the file, as much of it as has come.
 * @returns the header, or undefined while too few bytes have come to hold it.
 * @throws IdxError when a field has a value that no IDX file has.
 *
 * Reference: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", 1998, file formats.
 */
export function parseHeader(file: string, bytes: Uint8Array): IdxHeader | undefined {
  const magic = bytes.subarray(0, WORD);
  if (magic.slice(0, 2).some((byte) => byte !== 0)) {
    throw new IdxError({ file, field: 'magic', expected: '00 00, a type code and a rank', found: hex(magic) });
  }
  const [, , code, rank] = magic;
  if (code === undefined) return undefined;
  const type = elementTypes.get(code);
  if (!type) {
    const known = [...elementTypes].map(([key, { name }]) => `${hex([key])} (${name})`).join(', ');
    throw new IdxError({ file, field: 'type code', expected: `one of ${known}`, found: hex([code]) });
  }
  if (rank === undefined) return undefined;
  if (rank === 0) throw new IdxError({ file, field: 'rank', expected: 'at least 1', found: '0' });

  const headerBytes = WORD + rank * WORD;
  if (bytes.length < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(WORD + axis * WORD));
  const empty = shape.indexOf(0);
  if (empty >= 0) throw new IdxError({ file, field: `dimension ${empty}`, expected: 'at least 1', found: '0' });

  const dataBytes = shape.reduce((product, size) => product * BigInt(size), BigInt(type.bytes));
  if (dataBytes > MAX_BYTES) {
    const found = `${shape.join(' × ')} numbers of ${type.bytes} bytes, ${dataBytes} bytes`;
    throw new IdxError({ file, field: 'shape', expected: `at most ${MAX_BYTES} bytes of data`, found });
  }
  return { type, shape, headerBytes, totalBytes: headerBytes + Number(dataBytes) };
}

const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ') || 'nothing';
