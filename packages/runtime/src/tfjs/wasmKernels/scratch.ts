import type { WasmBackend } from './wasmBackend';

const kept = new WeakMap<WasmBackend, { pointer: number; bytes: number }>();

/** Memory of the backend for what a kernel needs while it runs; the same for all, and as large as was ever asked for. */
export function scratch(backend: WasmBackend, bytes: number): number {
  const old = kept.get(backend);
  if (old && old.bytes >= bytes) return old.pointer;
  if (old) backend.wasm._free(old.pointer);
  // A signed number beyond 2 GB.
  const pointer = backend.wasm._malloc(bytes) >>> 0;
  if (pointer === 0) throw new Error(`tfjs's wasm backend has no ${bytes} bytes left`);
  kept.set(backend, { pointer, bytes });
  return pointer;
}

/** The same, of what is there already: for a kernel whose views would be lost if the memory grew. */
export function scratchWithin(backend: WasmBackend, bytes: number): number | undefined {
  const known = kept.get(backend);
  return known && known.bytes >= bytes ? known.pointer : undefined;
}
