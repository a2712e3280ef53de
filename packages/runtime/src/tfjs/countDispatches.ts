import * as tf from '@tensorflow/tfjs-core';
import { flush, gpuBackend } from './webgpu/gpuBackend';

/** What one call sent to the GPU. */
export interface DispatchCount<T> {
  /** Kernels started. */
  dispatches: number;
  /** Command buffers handed to the queue. */
  submits: number;
  /** Bytes written from the host into GPU buffers through the queue. */
  bytes: number;
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
  const { device, queue } = backend;
  flush(backend);

  const counts = { dispatches: 0, submits: 0, bytes: 0 };
  // Own properties hide the methods of the prototypes; deleting them brings those back.
  device.createCommandEncoder = (descriptor) => {
    const encoder = Object.getPrototypeOf(device).createCommandEncoder.call(device, descriptor) as GPUCommandEncoder;
    encoder.beginComputePass = (pass) => {
      const encoded = Object.getPrototypeOf(encoder).beginComputePass.call(encoder, pass) as GPUComputePassEncoder;
      for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
        const dispatch = encoded[name] as (...args: unknown[]) => undefined;
        encoded[name] = (...args: unknown[]) => {
          counts.dispatches++;
          return dispatch.apply(encoded, args);
        };
      }
      return encoded;
    };
    return encoder;
  };
  queue.submit = (buffers) => {
    counts.submits++;
    return Object.getPrototypeOf(queue).submit.call(queue, buffers);
  };
  queue.writeBuffer = (...args: Parameters<GPUQueue['writeBuffer']>) => {
    const [, , data, , size] = args;
    counts.bytes +=
      size === undefined ? data.byteLength : size * ('BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1);
    return Object.getPrototypeOf(queue).writeBuffer.apply(queue, args);
  };
  try {
    const result = await fn();
    flush(backend);
    return { ...counts, result };
  } finally {
    for (const [owner, name] of [
      [device, 'createCommandEncoder'],
      [queue, 'submit'],
      [queue, 'writeBuffer'],
    ] as const) {
      Reflect.deleteProperty(owner, name);
    }
  }
}
