import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendName } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';

/** A backend as a user of tfjs alone opens it in Node. */
export async function openPlainly(backend: BackendName): Promise<GPUAdapterInfo | null> {
  if (backend === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`);
  }
  if (backend === 'webgpu') {
    await offerGpu();
    await import('@tensorflow/tfjs-backend-webgpu');
  }
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start ${backend}`);
  await tf.ready();
  return backend === 'webgpu' ? ((await navigator.gpu.requestAdapter())?.info ?? null) : null;
}

/** Puts Dawn where browsers have WebGPU. */
export async function offerGpu(): Promise<void> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
}
