import { forgetFilter } from './spreadFilters';
import { sizeOf, type WasmBackend } from './wasmBackend';

/**
 * To be called after numbers of a tensor were overwritten in place.
 *
 * XNNPACK lays the weights of a product or a convolution out anew when it first meets them, and the backend keeps that
 * for the tensor's id: it would go on multiplying by the old numbers. Here the id is disposed of, which drops all that is
 * kept for it – not the memory, which is freed elsewhere – and registered again: two short calls.
 *
 * Of this folder only convolutions keep anything, filters that are spread. Fused and depthwise convolutions of tfjs, and
 * products where threads or the lack of relaxed SIMD make XNNPACK the better choice, still meet it.
 */
export function forgetWeights(backend: WasmBackend, dataId: object): void {
  const { id, shape, memoryOffset } = backend.dataIdMap.get(dataId);
  forgetFilter(backend, memoryOffset);
  backend.wasm.tfjs.disposeData(id);
  backend.wasm.tfjs.registerTensor(id, sizeOf(shape), memoryOffset);
}
