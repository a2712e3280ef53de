import type { backend_util } from '@tensorflow/tfjs-core';
import { scratch } from './scratch';
import type { WasmBackend } from './wasmBackend';

const INTEGERS = 15;
/** Room for the integers, and for those of the gradient's window, which `convolutionScratch` writes 64 bytes behind them. */
const BYTES = 128;

/** A convolution's geometry, as the loops are told it. */
export interface WindowSizes {
  batch: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  padTop: number;
  padLeft: number;
}

/** The same of what tfjs says of it. */
export const sizesOfInfo = (info: backend_util.Conv2DInfo): WindowSizes => ({
  ...info,
  batch: info.batchSize,
  padTop: info.padInfo.top,
  padLeft: info.padInfo.left,
});

/**
 * Writes a convolution's geometry where the loops read it.
 *
 * @param more - bytes of scratch memory that are needed behind it, from the geometry.
 * @returns where it stands, and where the scratch memory begins.
 */
export function writeWindow(
  backend: WasmBackend,
  sizes: WindowSizes,
  more: (window: number) => number = () => 0,
): { window: number; rest: number } {
  const numbers = [
    ...[sizes.batch, sizes.inHeight, sizes.inWidth, sizes.inChannels],
    ...[sizes.outHeight, sizes.outWidth, sizes.outChannels, sizes.filterHeight, sizes.filterWidth],
    ...[sizes.strideHeight, sizes.strideWidth, sizes.dilationHeight, sizes.dilationWidth],
    ...[sizes.padTop, sizes.padLeft],
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
