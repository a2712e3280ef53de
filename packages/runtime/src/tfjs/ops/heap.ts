import type * as tf from '@tensorflow/tfjs-core';
import { forgetWeights } from '../wasmKernels/forgetWeights';
import type { Value, WasmBackend } from '../wasmKernels/wasmBackend';
import { sizeOf, type TensorSpec } from './tensorSpec';

/** The numbers of a tensor on the host: on wasm a view of tfjs's heap, whose byteOffset is the pointer. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

/** How a backend of the host holds numbers. */
export interface Heap {
  make(spec: TensorSpec): tf.TensorInfo;
  numbers(tensor: tf.TensorInfo): Numbers;
  /** Makes an input writable: called before any numbers are taken. */
  beforeWrite(tensor: tf.TensorInfo): void;
  afterWrite(tensor: tf.TensorInfo): void;
}

interface CpuBackend {
  data: { get(id: object): { values: Numbers; dtype: tf.DataType } };
  makeTensorInfo(shape: number[], dtype: string, values: Numbers): tf.TensorInfo;
}

/** The cpu backend hands its arrays out and takes the user's own in, so that a written one must be a new one. */
const cpuHeap = (backend: CpuBackend): Heap => ({
  make: ({ shape, dtype }) => {
    const Type = dtype === 'float32' ? Float32Array : dtype === 'int32' ? Int32Array : Uint8Array;
    return backend.makeTensorInfo(shape, dtype, new Type(sizeOf(shape)));
  },
  numbers: ({ dataId }) => backend.data.get(dataId).values,
  beforeWrite: ({ dataId, dtype }) => {
    const data = backend.data.get(dataId);
    // A cast to float32 is one in name only: what is held are the whole numbers still.
    data.values = dtype === 'float32' ? Float32Array.from(data.values) : data.values.slice();
    data.dtype = dtype;
  },
  afterWrite: () => {},
});

const wasmHeap = (backend: WasmBackend): Heap => ({
  make: ({ shape, dtype }) => backend.makeOutput(shape, dtype as 'float32'),
  numbers: (tensor) => backend.typedArrayFromHeap(tensor as Value),
  beforeWrite: () => {},
  afterWrite: ({ dataId }) => forgetWeights(backend, dataId),
});

/** The memory of one of the host's backends; undefined on any other. */
export function heapOf(backendName: string, backend: unknown): Heap | undefined {
  if (backendName === 'cpu') return cpuHeap(backend as CpuBackend);
  if (backendName === 'wasm') return wasmHeap(backend as WasmBackend);
  return undefined;
}
