import * as tf from '@tensorflow/tfjs-core';

/** What tfjs's webgpu backend knows of one tensor's numbers. */
export interface GpuData {
  dtype: tf.DataType;
  shape: number[];
  /** The numbers on the host: of a tensor not yet uploaded, or read back since it was computed. */
  values: tf.TypedArray | null | undefined;
  /** The numbers on the GPU. */
  resource?: GPUBuffer | null;
  refCount: number;
}

/** The identity of a tensor's numbers; later ones have larger numbers. */
export interface DataId {
  id: number;
}

export interface BufferManager {
  numBytesUsed: number;
  numBytesAllocated: number;
  acquireBuffer(size: number, usage: number, mappedAtCreation?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
}

/** What is used of tfjs's webgpu backend, 4.22. Much of it is private there. */
export interface GpuBackend {
  device: GPUDevice;
  queue: GPUQueue;
  bufferManager: BufferManager;
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  commandQueueOwnedIds: WeakSet<object>;
  tensorDataPendingDisposal: object[];
  tensorMap: { get(id: object): GpuData; has(id: object): boolean };
  activeTimers?: { name: string; query: Promise<number> }[] | null;
  supportTimestampQuery: boolean;
  querySet: GPUQuerySet | null;
  querySetCount: number;
  uploadToGPU(id: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  getQueryTime(): Promise<number>;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: tf.TypedArray): tf.TensorInfo;
  write(values: tf.TypedArray, shape: number[], dtype: tf.DataType): DataId;
  read(id: object): Promise<tf.TypedArray>;
  readSync(id: object): tf.TypedArray;
}

/** The webgpu backend in use; undefined while tfjs computes elsewhere. */
export function gpuBackend(): GpuBackend | undefined {
  return tf.getBackend() === 'webgpu' ? (tf.backend() as unknown as GpuBackend) : undefined;
}

/** The buffer that holds a tensor's numbers on the GPU; they are uploaded when they were not. */
export function bufferOf(backend: GpuBackend, id: object): GPUBuffer {
  backend.uploadToGPU(id);
  return backend.tensorMap.get(id).resource as GPUBuffer;
}

/** Ends and submits what tfjs has recorded and not yet sent. */
export function flush(backend: GpuBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** Copies a buffer on the GPU, in the order of the other commands. */
export function copyBuffer(backend: GpuBackend, from: GPUBuffer, to: GPUBuffer): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  (backend.commandEncoder as GPUCommandEncoder).copyBufferToBuffer(from, 0, to, 0, from.size);
}
