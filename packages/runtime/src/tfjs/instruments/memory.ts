import * as tf from '@tensorflow/tfjs-core';
import { gpuBackend } from '../webgpu/gpuBackend';
import { poolCapOf, pooledBytes } from './poolCap';

/** Memory held now. */
export interface MemoryUse {
  /** Living tensors, and the bytes of their numbers. */
  tensors: number;
  bytes: number;
  /** In bytes; undefined where tfjs does not compute on WebGPU. */
  gpu?: {
    /** Of buffers in use: tensors on the GPU, captured steps, uploads on their way. */
    used: number;
    /** Of all buffers: those in use and those pooled. */
    allocated: number;
    /** Of free buffers that are kept for later tensors. */
    pooled: number;
    /** What may be pooled at most; Infinity unless `setPoolCap` set it. */
    cap: number;
  };
}

/**
 * How much memory tensors take, and on WebGPU how much the buffers behind them and those kept for later.
 *
 * @example
 * const { tensors, gpu } = memory();
 * console.log(tensors, gpu?.used, gpu?.pooled);
 */
export function memory(): MemoryUse {
  const { numTensors: tensors, numBytes: bytes } = tf.memory();
  const pool = gpuBackend()?.bufferManager;
  if (pool === undefined) return { tensors, bytes };
  const { numBytesUsed: used, numBytesAllocated: allocated } = pool;
  return { tensors, bytes, gpu: { used, allocated, pooled: pooledBytes(pool), cap: poolCapOf(pool) } };
}
