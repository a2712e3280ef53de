import * as tf from '@tensorflow/tfjs-core';
import { type BufferManager, gpuBackend } from '../webgpu/gpuBackend';

/** What is used beyond that of tfjs's buffer pool, 4.22. */
interface Pool extends BufferManager {
  /** By size and usage; the longest free first. */
  freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
}

/** A pool that is kept small. */
interface CappedPool {
  cap: number;
  /** All free buffers, the longest free first. */
  free: Set<GPUBuffer>;
  trim(): void;
}

const capped = new WeakMap<BufferManager, CappedPool>();

/**
 * Limits the memory that tfjs keeps for later tensors on WebGPU: it never gives a GPU buffer back by itself. Above the cap
 * the buffers that have been free for longest are destroyed; memory of living tensors is not touched.
 *
 * @param bytes - of free buffers, at most; Infinity keeps all, 0 none.
 * @throws RangeError when the cap is negative or not a number; Error when the backend in use is not webgpu.
 *
 * @example
 * setPoolCap(256 * 2 ** 20);
 */
export function setPoolCap(bytes: number): void {
  checkPoolCap('setPoolCap', bytes);
  const backend = gpuBackend();
  if (backend === undefined) {
    throw new Error(`setPoolCap: the backend must be webgpu, got ${tf.getBackend()}; call initDevice first`);
  }
  const pool = backend.bufferManager as Pool;
  const state = capped.get(pool) ?? watch(pool);
  state.cap = bytes;
  state.trim();
}

/** @throws RangeError when a cap is negative or not a number. */
export function checkPoolCap(caller: string, bytes: number): void {
  if (!(bytes >= 0)) throw new RangeError(`${caller}: the cap of the pool must be bytes, at least 0, got ${bytes}`);
}

/** The cap of a pool; Infinity when it has none. */
export const poolCapOf = (pool: BufferManager): number => capped.get(pool)?.cap ?? Number.POSITIVE_INFINITY;

/** Bytes of free buffers. */
export const pooledBytes = ({ numBytesAllocated, numBytesUsed }: BufferManager): number =>
  numBytesAllocated - numBytesUsed;

/** Under which tfjs keeps a buffer. */
const keyOf = ({ size, usage }: GPUBuffer): string => `${size}_${usage}`;

function watch(pool: Pool): CappedPool {
  const free = new Set([...pool.freeBuffers.values()].flat());
  const state: CappedPool = {
    cap: Number.POSITIVE_INFINITY,
    free,
    trim() {
      for (const buffer of free) {
        if (pooledBytes(pool) <= state.cap) return;
        free.delete(buffer);
        const alike = pool.freeBuffers.get(keyOf(buffer)) as GPUBuffer[];
        alike.splice(alike.indexOf(buffer), 1);
        pool.numFreeBuffers--;
        pool.numBytesAllocated -= buffer.size;
        buffer.destroy(); // commands that were submitted still run
      }
    },
  };
  capped.set(pool, state);
  const acquire = pool.acquireBuffer.bind(pool);
  const release = pool.releaseBuffer.bind(pool);
  pool.acquireBuffer = (...args) => {
    const buffer = acquire(...args);
    free.delete(buffer);
    return buffer;
  };
  pool.releaseBuffer = (buffer, reuse = true) => {
    release(buffer, reuse);
    if (pool.freeBuffers.get(keyOf(buffer))?.at(-1) !== buffer) return;
    free.add(buffer);
    state.trim();
  };
  return state;
}
