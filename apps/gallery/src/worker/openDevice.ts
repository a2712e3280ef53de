import '@tensorflow/tfjs-core'; // first: what follows needs its flags
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { type Device, initDevice } from '@tenonjs/runtime';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { type BackendName, backendNames } from './backends';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': wasm,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedSimd,
};

/** Opens the backend that was asked for, or the next slower one that is there. The worker needs gradients, but no layers. */
export function openDevice(backend: BackendName): Promise<Device> {
  const prefer = backendNames.slice(backendNames.indexOf(backend));
  return initDevice({ prefer, wasmPaths, onFallback: () => {} });
}
