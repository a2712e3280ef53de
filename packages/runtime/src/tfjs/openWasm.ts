import * as tf from '@tensorflow/tfjs-core';
import type { OpenedBackend } from '../device';
import { importPeer } from '../importPeer';
import { activate } from './activate';
import { renew } from './renew';
import { quickenWasm } from './wasmKernels/quickenWasm';
import { startSimd } from './wasmKernels/simd';

/** Where a browser finds the .wasm files: a folder's URL, or a URL for each file name. */
export type WasmPaths = string | Readonly<Record<string, string>>;

let pathsInUse: WasmPaths | undefined;

/** WebAssembly with SIMD, and threads where the page is cross-origin isolated. In Node the .wasm files lie in the package. */
export async function openWasm(paths?: WasmPaths): Promise<OpenedBackend> {
  const wasm = await importPeer('@tensorflow/tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm'));
  // tfjs takes the paths once, before its first start.
  if (paths !== undefined && pathsInUse === undefined) {
    wasm.setWasmPaths(paths as Parameters<typeof wasm.setWasmPaths>[0]);
    pathsInUse = paths;
  }
  quickenWasm();
  await activate('wasm');
  await startSimd();
  const [simd, threads] = await Promise.all([
    tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'),
    tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'),
  ]);
  const features = [simd ? 'simd' : '', threads ? 'threads' : ''].filter((feature) => feature !== '');
  return { backend: 'wasm', adapter: null, features, lost: new Promise(() => {}), dispose: () => renew('wasm') };
}
