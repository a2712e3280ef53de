/** The types of numbers a safetensors file can hold, and the arrays that hold them in JavaScript. */
export const arrayTypes = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Float32Array,
  BF16: Float32Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
} as const;

export type SafetensorsType = keyof typeof arrayTypes;
export type SafetensorsArray =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** Types that are narrower in the file than in JavaScript, and how many bytes a number takes in the file. */
const narrow: Partial<Record<SafetensorsType, number>> = { F16: 2, BF16: 2 };

/** Bytes of a number in the file. */
export const bytesOf = (type: SafetensorsType): number => narrow[type] ?? arrayTypes[type].BYTES_PER_ELEMENT;

/** One named array of a weight file. */
export interface SafetensorsEntry {
  shape: number[];
  data: SafetensorsArray;
  /**
   * The type in the file. Reading always tells it, writing takes the array's own where none is given: F16 and BF16 are
   * Float32Arrays here, BOOL is a Uint8Array of zeros and ones.
   */
  dtype?: SafetensorsType;
}

/** What a weight file holds. */
export interface Safetensors {
  tensors: Record<string, SafetensorsEntry & { dtype: SafetensorsType }>;
  metadata: Record<string, string>;
}

/** The file begins with the header's length: 64 bits, little-endian. */
export const PREFIX_BYTES = 8;

/** The header's entry that holds text about the file, and no tensor. */
export const METADATA = '__metadata__';

/** The product of a shape's sizes; NaN when it is no shape. */
export const sizeOf = (shape: readonly unknown[]): number =>
  shape.reduce<number>((product, size) => (isCount(size) ? product * size : Number.NaN), 1);

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
