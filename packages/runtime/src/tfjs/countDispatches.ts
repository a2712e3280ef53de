import * as tf from '@tensorflow/tfjs-core';
import { type CommandCounts, watchCommands } from './instruments/watchCommands';
import { flush, gpuBackend } from './webgpu/gpuBackend';

/** What one call sent to the GPU: kernels started, command buffers submitted, bytes written. */
export interface DispatchCount<T> extends CommandCounts {
  /** What the function returned. */
  result: T;
}

/**
 * Counts what a function sends to the GPU. The numbers are exact: they are taken where tfjs talks to WebGPU.
 *
 * @param fn - is called once; may be async. Work that others send meanwhile is counted too.
 * @throws Error when the backend in use is not webgpu.
 *
 * @example
 * const { dispatches } = await countDispatches(() => tf.softmax(logits));
 */
export async function countDispatches<T>(fn: () => T | Promise<T>): Promise<DispatchCount<T>> {
  const backend = gpuBackend();
  if (backend === undefined) {
    throw new Error(`countDispatches: the backend must be webgpu, got ${tf.getBackend()}; call initDevice first`);
  }
  flush(backend);
  const { counts, stop } = watchCommands(backend);
  try {
    const result = await fn();
    flush(backend);
    return { ...counts, result };
  } finally {
    stop();
  }
}
