import {
  arrayTypes,
  METADATA,
  PREFIX_BYTES,
  type SafetensorsArray,
  type SafetensorsEntry,
  type SafetensorsType,
  sizeOf,
} from './format';

/** Data begin at a multiple of this many bytes, so that a reader can map them. */
const ALIGNMENT = 8;

/**
 * Writes named arrays as a safetensors file, which PyTorch, JAX and Rust read as well.
 *
 * @param tensors - by name, in the order in which they shall stand in the file.
 * @param metadata - any text about them.
 * @returns the file's bytes.
 * @throws RangeError when a shape and its data do not match, TypeError when the data are no typed array of the format.
 *
 * Reference: the safetensors format, https://github.com/huggingface/safetensors#format
 *
 * @example
 * const bytes = writeSafetensors({ bias: { shape: [2], data: new Float32Array([1, 2]) } });
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, SafetensorsEntry>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header[METADATA] = metadata;
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (name === METADATA) throw new RangeError(`writeSafetensors: a tensor must not be named ${METADATA}`);
    if (sizeOf(shape) !== data.length) {
      throw new RangeError(
        `writeSafetensors: ${name} must have data for its shape [${shape}], got ${data.length} numbers`,
      );
    }
    header[name] = { dtype: typeOf(name, data), shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }

  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(PREFIX_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, PREFIX_BYTES, PREFIX_BYTES + headerBytes); // JSON may be padded with spaces
  bytes.set(text, PREFIX_BYTES);
  let at = PREFIX_BYTES + headerBytes;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

function typeOf(name: string, data: SafetensorsArray): SafetensorsType {
  for (const [type, arrayType] of Object.entries(arrayTypes)) {
    if (data instanceof arrayType) return type as SafetensorsType;
  }
  throw new TypeError(
    `writeSafetensors: ${name} must be a typed array of ${Object.keys(arrayTypes).join(', ')}, got ${Object.prototype.toString.call(data)}`,
  );
}
