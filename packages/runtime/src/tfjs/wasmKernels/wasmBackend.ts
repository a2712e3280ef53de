import type * as tf from '@tensorflow/tfjs-core';

/** A tensor as kernels see it. */
export type Value = Pick<tf.TensorInfo, 'dataId' | 'shape' | 'dtype'>;

/** What tfjs's wasm backend keeps of a tensor. */
interface Entry {
  /** The name of its memory in the compiled part. */
  id: number;
  memoryOffset: number;
  shape: number[];
  dtype: string;
  /** Text has no memory there. */
  stringBytes?: Uint8Array[];
}

/** The compiled part, as emscripten hands it out. */
interface Compiled {
  /** Without threads the memory is exported … */
  asm: { memory?: WebAssembly.Memory };
  /** … with threads it is made outside and shared. */
  wasmMemory?: WebAssembly.Memory;
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  tfjs: {
    registerTensor(id: number, size: number, pointer: number): void;
    disposeData(id: number): void;
    getThreadsCount(): number;
  };
}

/** What the kernels here need of tfjs's wasm backend. */
export interface WasmBackend {
  wasm: Compiled;
  dataIdMap: { get(dataId: object): Entry; has(dataId: object): boolean };
  makeOutput(shape: number[], dtype: string, pointer?: number, values?: ArrayBufferView): Value;
  typedArrayFromHeap(value: Value): Float32Array;
  incRef(dataId: object): void;
  refCount(dataId: object): number;
  disposeData(dataId: object, force?: boolean): boolean;
}

/** Where a tensor's numbers begin, in bytes; good until it is disposed, however the memory grows. */
export const pointerTo = (backend: WasmBackend, { dataId }: Pick<Value, 'dataId'>): number =>
  backend.dataIdMap.get(dataId).memoryOffset;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);
