import {
  arrayTypes,
  bytesOf,
  METADATA,
  PREFIX_BYTES,
  type SafetensorsEntry,
  type SafetensorsType,
  sizeOf,
} from './format';
import { narrowBF16, narrowF16 } from './halves';

/** Data begin at a multiple of this many bytes, so that a reader can map them. */
const ALIGNMENT = 8;

/**
 * Writes named arrays as a safetensors file, which PyTorch, JAX and Rust read as well.
 *
 * @param tensors - by name, in the order in which they shall stand in the file. `dtype` is the type in the file, by default
 *   the array's own; Float32Arrays are rounded to the nearest number of F16 or BF16, ties to even.
 * @param metadata - any text about them.
 * @returns the file's bytes.
 * @throws RangeError when a shape and its data do not match, TypeError when the data are no
 *   typed array of the format or not that of their `dtype`, or metadata are not text.
 *
 * Reference: the safetensors format, https://github.com/huggingface/safetensors#format
 *
 * @example
 * const bytes = writeSafetensors({ bias: { shape: [2], data: new Float32Array([1, 2]), dtype: 'BF16' } });
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, SafetensorsEntry>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  for (const [name, text] of Object.entries(metadata)) {
    if (typeof text === 'string') continue;
    throw new TypeError(`writeSafetensors: metadata.${name} must be text, got ${typeof text}`);
  }
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[METADATA, metadata]] : [];
  let end = 0;
  const pieces: Uint8Array[] = [];
  for (const [name, entry] of Object.entries(tensors)) {
    const { shape, data } = entry;
    if (name === METADATA) throw new RangeError(`writeSafetensors: a tensor must not be named ${METADATA}`);
    if (sizeOf(shape) !== data.length) {
      throw new RangeError(
        `writeSafetensors: ${name} must have data for its shape [${shape}], got ${data.length} numbers`,
      );
    }
    const dtype = typeOf(name, entry);
    const length = data.length * bytesOf(dtype);
    header.push([name, { dtype, shape, data_offsets: [end, end + length] }]);
    pieces.push(bytesFor(dtype, entry));
    end += length;
  }

  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(PREFIX_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes); // JSON may be padded with spaces
  bytes.set(text, PREFIX_BYTES);
  let at = PREFIX_BYTES + headerBytes;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** What an entry says it is, or else what its array is. */
function typeOf(name: string, { data, dtype }: SafetensorsEntry): SafetensorsType {
  const fail = (must: string): never => {
    throw new TypeError(`writeSafetensors: ${name} must be ${must}, got ${Object.prototype.toString.call(data)}`);
  };
  if (dtype !== undefined) {
    if (!Object.hasOwn(arrayTypes, dtype)) {
      throw new TypeError(
        `writeSafetensors: dtype of ${name} must be one of ${Object.keys(arrayTypes).join(', ')}, got ${dtype}`,
      );
    }
    if (!(data instanceof arrayTypes[dtype])) fail(`a ${arrayTypes[dtype].name} for dtype ${dtype}`);
    if (dtype === 'BOOL' && (data as Uint8Array).some((value) => value > 1)) {
      throw new RangeError(`writeSafetensors: ${name} must hold zeros and ones for dtype BOOL, got others`);
    }
    return dtype;
  }
  // The first that fits: F32 and U8 stand before the types that share their arrays.
  for (const [type, arrayType] of Object.entries(arrayTypes)) {
    if (data instanceof arrayType) return type as SafetensorsType;
  }
  return fail(`a typed array of ${Object.keys(arrayTypes).join(', ')}`);
}

function bytesFor(type: SafetensorsType, { data }: SafetensorsEntry): Uint8Array {
  if (type !== 'F16' && type !== 'BF16') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  return new Uint8Array(Uint16Array.from(bits, type === 'F16' ? narrowF16 : narrowBF16).buffer);
}
