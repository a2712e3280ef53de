import type { backend_util } from '@tensorflow/tfjs-core';
import { scratch } from './scratch';
import type { WasmBackend } from './wasmBackend';

const INTEGERS = 15;
/** Room for the integers, so that what follows is aligned. */
const BYTES = 64;

type Info = backend_util.Conv2DInfo;

/**
 * Writes a convolution's geometry where the loops read it.
 *
 * @param more - bytes of scratch memory that are needed behind it, from the geometry.
 * @returns where it stands, and where the scratch memory begins.
 */
export function writeWindow(
  backend: WasmBackend,
  info: Info,
  more: (window: number) => number = () => 0,
): { window: number; rest: number } {
  const numbers = [
    ...[info.batchSize, info.inHeight, info.inWidth, info.inChannels],
    ...[info.outHeight, info.outWidth, info.outChannels, info.filterHeight, info.filterWidth],
    ...[info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth],
    ...[info.padInfo.top, info.padInfo.left],
  ];
  const write = (window: number) => {
    // The view is taken anew: memory that was asked for may have moved it.
    new Int32Array(backend.wasm.HEAPU8.buffer, window, INTEGERS).set(numbers);
    return window;
  };
  const bytes = BYTES + more(write(scratch(backend, BYTES)));
  const window = write(scratch(backend, bytes));
  return { window, rest: window + BYTES };
}
