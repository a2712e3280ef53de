/** The numbers of an IDX file, in the typed array that holds its type exactly. */
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** One type of number an IDX file can hold. */
export interface ElementType {
  readonly name: string;
  readonly bytes: number;
  /** Reads big-endian numbers from the whole of a view. */
  decode(view: DataView): IdxData;
}

/** The types by their code in the file. */
export const elementTypes: ReadonlyMap<number, ElementType> = new Map([
  [0x08, elementType('ubyte', Uint8Array, (view, at) => view.getUint8(at))],
  [0x09, elementType('sbyte', Int8Array, (view, at) => view.getInt8(at))],
  [0x0b, elementType('short', Int16Array, (view, at) => view.getInt16(at))],
  [0x0c, elementType('int', Int32Array, (view, at) => view.getInt32(at))],
  [0x0d, elementType('float', Float32Array, (view, at) => view.getFloat32(at))],
  [0x0e, elementType('double', Float64Array, (view, at) => view.getFloat64(at))],
]);

function elementType(
  name: string,
  Numbers: { new (length: number): IdxData; readonly BYTES_PER_ELEMENT: number },
  get: (view: DataView, at: number) => number,
): ElementType {
  const bytes = Numbers.BYTES_PER_ELEMENT;
  return {
    name,
    bytes,
    decode(view) {
      const numbers = new Numbers(view.byteLength / bytes);
      for (let i = 0; i < numbers.length; i++) numbers[i] = get(view, i * bytes);
      return numbers;
    },
  };
}
